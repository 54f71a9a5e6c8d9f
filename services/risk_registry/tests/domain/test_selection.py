"""Two-way selection: stable, the best for people, no barred pair, the same in any order, and a reason for every miss."""

from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from risk_registry.domain.selection import Match, Missed, Outcome, Pair, Why, select, settle

PEOPLE, POSTS = [f"p{n}" for n in range(5)], [f"x{n}" for n in range(4)]
Lists = dict[str, list[str]]


def lists(owners: list[str], others: list[str]) -> st.SearchStrategy[Lists]:
    ranked = st.lists(st.sampled_from(others), unique=True)
    return st.fixed_dictionaries(dict.fromkeys(owners, ranked))


BARS = st.dictionaries(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(POSTS)), st.sampled_from([Why.KIN, Why.TENURE])
)
ALL = (lists(PEOPLE, POSTS), lists(POSTS, PEOPLE), BARS)


def blocking(people: Lists, posts: Lists, bars: dict[Pair, Why], given_: dict[str, str]) -> list[Pair]:
    """Pairs who would both rather have each other, found the slow way."""
    holder = {post: person for person, post in given_.items()}

    def person_rather(person: str, post: str) -> bool:
        mine = given_.get(person)
        return post in people[person] and (
            mine is None or people[person].index(post) < people[person].index(mine)
        )

    def post_rather(post: str, person: str) -> bool:
        mine = holder.get(post)
        return person in posts[post] and (mine is None or posts[post].index(person) < posts[post].index(mine))

    return [
        (person, post)
        for person, post in product(PEOPLE, POSTS)
        if (person, post) not in bars and person_rather(person, post) and post_rather(post, person)
    ]


def given_by(found: Outcome) -> dict[str, str]:
    return {each.person_id: each.post_id for each in found.matches}


@given(*ALL)
def test_nobody_would_rather_trade_and_no_barred_pair_is_made(
    people: Lists, posts: Lists, bars: dict[Pair, Why]
) -> None:
    found = select(people, posts, bars)
    assert blocking(people, posts, bars, given_by(found)) == []
    assert len({each.person_id for each in found.matches}) == len(found.matches)
    assert len({each.post_id for each in found.matches}) == len(found.matches)
    for each in found.matches:
        assert (each.person_id, each.post_id) not in bars
        assert people[each.person_id][each.person_rank - 1] == each.post_id
        assert posts[each.post_id][each.post_rank - 1] == each.person_id


@given(*ALL, st.randoms())
def test_the_order_in_which_people_are_asked_changes_nothing(
    people: Lists, posts: Lists, bars: dict[Pair, Why], chance: Random
) -> None:
    names = list(people)
    chance.shuffle(names)
    assert select({each: people[each] for each in names}, posts, bars) == select(people, posts, bars)


@given(lists(PEOPLE[:3], POSTS[:3]), lists(POSTS[:3], PEOPLE[:3]))
def test_no_stable_choice_is_better_for_anybody(people: Lists, posts: Lists) -> None:
    """Over all stable ways there are, by trying every one."""
    whole = {**dict.fromkeys(PEOPLE, []), **people}, {**dict.fromkeys(POSTS, []), **posts}  # noqa: RUF024
    best = given_by(select(people, posts, {}))
    for chosen in product([None, *POSTS[:3]], repeat=3):
        given_ = {person: post for person, post in zip(PEOPLE, chosen, strict=False) if post}
        fits = all(post in people[person] and person in posts[post] for person, post in given_.items())
        if len(set(given_.values())) == len(given_) and fits and not blocking(*whole, {}, given_):
            for person, post in given_.items():
                assert people[person].index(best[person]) <= people[person].index(post)


@given(*ALL)
def test_every_miss_has_its_reason(people: Lists, posts: Lists, bars: dict[Pair, Why]) -> None:
    found = select(people, posts, bars)
    given_ = given_by(found)
    holder = {each.post_id: each for each in found.matches}
    for person, ranked in people.items():
        above = ranked[: ranked.index(given_[person])] if person in given_ else ranked
        assert [each.post_id for each in found.missed if each.person_id == person] == above
    for miss in found.missed:
        pair = miss.person_id, miss.post_id
        if pair in bars:
            assert miss.why is bars[pair]
        elif miss.person_id not in posts[miss.post_id]:
            assert miss.why is Why.NOT_CHOSEN
        else:
            assert miss.why is Why.RANKED_AFTER
            assert holder[miss.post_id].post_rank <= posts[miss.post_id].index(miss.person_id)


@given(*ALL, st.sets(st.frozensets(st.sampled_from(PEOPLE), min_size=2, max_size=2)))
def test_matches_that_stand_against_one_another_are_taken_apart(
    people: Lists, posts: Lists, bars: dict[Pair, Why], kin: set[frozenset[str]]
) -> None:
    """Kin may not both be given a post here: a rule that only the whole outcome can break."""

    def apart(matches: tuple[Match, ...]) -> set[Pair]:
        placed = {each.person_id: each.post_id for each in matches}
        return {(one, placed[one]) for pair in kin if pair <= placed.keys() for one in pair}

    found = settle(people, posts, bars, apart)
    assert apart(found.matches) == set()
    assert given_by(found).items() <= {(a, b) for a, b in product(PEOPLE, POSTS) if (a, b) not in bars}


def test_whom_the_post_ranks_lower_gives_way() -> None:
    people, posts = {"p0": ["x0", "x2"], "p1": ["x1"]}, {"x0": ["p9", "p0"], "x1": ["p1"], "x2": ["p0"]}
    both = {("p0", "x0"), ("p1", "x1")}
    found = settle(
        people,
        posts,
        {},
        lambda matches: both if both <= {(m.person_id, m.post_id) for m in matches} else set(),
    )
    assert found.matches == (Match("p0", "x2", 2, 1), Match("p1", "x1", 1, 1))
    assert found.missed == (Missed("p0", "x0", 1, Why.KIN),)
