# Lo que cada miembro permite y lo que se guarda sobre su persona.

privacy =
    .title = Tu privacidad
    .help = Quién ve tu reconocimiento; recibe o borra lo que se guarda sobre ti

card = Tu privacidad
    .footer = Los cambios valen al momento, también para lo que aún no se ha enviado. Borrar elimina para siempre tu nombre, tus palabras y lo que te escribieron, y retira lo publicado con tu nombre. Al resto le sigue contando lo que dio y recibió.
    .export = Exportar mis datos
    .erase = Borrar mis datos
seen = Tu reconocimiento
    .public = Público: se ve en el chat y donde la comunidad lo muestre fuera
    .channel = Solo en el chat: se ve aquí y en ningún otro sitio
    .private = Privado: te llega solo a ti y no cuenta en ningún sitio
    .none = Ninguno: aquí nadie puede darte reconocimiento
pick = Quién puede ver tu reconocimiento
    .public = Público: en el chat, y en páginas y canales de noticias de fuera
    .channel = Solo en el chat: todo el mundo aquí, nadie fuera
    .private = Privado: por mensaje directo, sin contar en ningún sitio
    .none = Ninguno: nadie puede darte las gracias
own-boards = Clasificaciones
    .on = Puedes aparecer en ellas
    .off = Nunca apareces en ellas
own-dms = Mensajes directos
    .on = Laurel puede escribirte
    .off = Laurel solo te responde
turn-boards =
    .on = Aparecer en clasificaciones
    .off = No aparecer en clasificaciones
turn-dms =
    .on = Escríbeme
    .off = No me escribas

level =
    .title = Quién puede verlo
boards =
    .title = Clasificaciones
dms =
    .title = Mensajes directos
export =
    .title = Exportar mis datos
erase =
    .title = Borrar mis datos
    .word = Escribe { erase-word } para borrarlo todo
    .word-hint = Tu nombre, tus palabras y lo que te escribieron; nadie podrá recuperarlo
# Lo que se escribe para confirmar. Corto y en mayúsculas.
erase-word = BORRAR

exported = Aquí está todo lo que se guarda sobre ti, tabla por tabla. Las demás personas aparecen solo con su nombre.
erased = Tu nombre, tus palabras y lo que te escribieron ya no están, y lo publicado con tu nombre se retira. Lo que te escribí directamente queda en tus propios mensajes. Tus opciones de privacidad también se han borrado.
    .title = Datos borrados
    .again = Si vuelves a usar Laurel, o si alguien te da las gracias aquí, empezaremos de cero.

refused-word = Para tener la seguridad de que es lo que quieres, escribe { erase-word }. No se ha borrado nada.
