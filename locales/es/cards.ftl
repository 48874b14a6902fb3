# Palabras en las imágenes, junto a las de las funciones que las piden.

# Junto a las palabras de un agradecimiento.
from = de { $giver }
# Para quién es un agradecimiento.
people = { $members }
# En lugar de un miembro cuyo nombre Laurel no conoce.
somebody = alguien
