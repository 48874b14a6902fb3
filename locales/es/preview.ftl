# Lo que la propia plataforma escribe alrededor de un mensaje, al mostrarlo en el playground.

author = Laurel
app = App
edited = (editado)
only-you = Solo tú puedes ver esto
nobody = usuario-desconocido
choose = Elige una opción
picture = Imagen
unknown-part = Una parte que no se puede dibujar aquí (tipo { $kind })

## Solo en Slack

only-visible = Solo visible para ti
yesterday = ayer
today = hoy
tomorrow = mañana
