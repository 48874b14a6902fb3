# Aquello de lo que un mensaje puede tener demasiado, como lo nombran inspector y revisión.

text = Todo el texto
nodes = Bloques
mentions = Personas avisadas
paragraphs = Párrafos de una tarjeta
facts = Datos de una tarjeta
lines = Puestos de una clasificación
buttons = Botones en una fila
options = Opciones de una lista
button = Botón más largo
url = Dirección más larga
placeholder = Palabras de la lista
option = Opción más larga
title = Título más largo
paragraph = Párrafo más largo
fact = Dato más largo
line = Puesto más largo
alt = Descripción de imagen más larga
footer = Pie más largo
