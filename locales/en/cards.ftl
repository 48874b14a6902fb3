# Words on pictures, beside those of the features that ask for them.

# Beside the words of a thank-you.
from = from { $giver }
# Whom a thank-you is for.
people = { $members }
# Stands for a member whose name Laurel does not know.
somebody = somebody
