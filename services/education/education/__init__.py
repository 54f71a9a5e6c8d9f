"""Education: lessons, quizzes and pledges that follow from risk points and incidents (requirements 1.2)."""
