"""Electronic assessment of small businesses (个体工商户电子评税, S2-058): how far a hand-made one departs from it."""


def departure(electronic_fen: int, manual_fen: int) -> int:
    """By how many percent of the electronic assessment the other departs, rounded up; 100 when there was nothing."""
    if electronic_fen == manual_fen:
        return 0
    if electronic_fen == 0:
        return 100
    return -(-abs(manual_fen - electronic_fen) * 100 // electronic_fen)
