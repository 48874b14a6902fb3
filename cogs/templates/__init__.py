"""How moderators put their own words in place of Laurel's."""
