# What a message can have too much of, as the inspector and the check name it.

text = All text
nodes = Blocks
mentions = People told of it
paragraphs = Paragraphs of a card
facts = Facts of a card
lines = Places of a ranked list
buttons = Buttons in a row
options = Options of a select
button = Longest button
url = Longest address
placeholder = Words of a select
option = Longest option
title = Longest title
paragraph = Longest paragraph
fact = Longest fact
line = Longest place
alt = Longest picture description
footer = Longest footer
