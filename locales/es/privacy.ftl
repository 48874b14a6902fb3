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

exported = Aquí está todo lo que se guarda sobre ti: un archivo para leer en el navegador y otro para programas. Las demás personas aparecen solo con su nombre.
files = Archivos que envié
erased = Tu nombre, tus palabras y lo que te escribieron ya no están, y lo publicado con tu nombre se retira. Lo que te escribí directamente queda en tus propios mensajes. Tus opciones de privacidad también se han borrado.
    .title = Datos borrados
    .again = Si vuelves a usar Laurel, o si alguien te da las gracias aquí, empezaremos de cero.

refused-word = Para tener la seguridad de que es lo que quieres, escribe { erase-word }. No se ha borrado nada.
refused-again = Acabas de recibir todo lo que se guarda sobre ti. Puedes pedirlo otra vez a partir de: { $again }.

# It takes long, and comes later.
making = Tienes mucho aquí, así que reunirlo lleva un rato.
    .title = Se está preparando
    .next = Te escribiré cuando esté listo, a nadie más. Mientras tanto puedes seguir.
made = Todo lo que se guarda sobre ti está en un archivo comprimido. Te espera aquí un día; pulsa el botón para tenerlo.
    .title = Tus datos están listos
    .fetch = Obtener mis datos
refused-making = Ya se está preparando. Te escribiré cuando esté listo.

# Todo lo que se guarda, como página para leer.
kept = Lo que Laurel guarda sobre { $name }
kept-made = A fecha de { $at }. El archivo que acompaña a este, para programas, tiene todos los detalles.
kept-names = Las demás personas aparecen solo con su nombre, o no aparecen si se borraron. Cada entrada nombra la parte del otro archivo en la que está. Las palabras sueltas en inglés son de Laurel.
kept-more = { $count ->
    [one] Una entrada anterior está en el otro archivo.
   *[other] { $count } entradas anteriores están en el otro archivo.
}
kept-you = Tú
kept-thanks = Agradecimientos
kept-points = Puntos y cupo
kept-nominations = Premios y propuestas
kept-committees = Comités
kept-challenges = Retos
kept-recaps = Resúmenes y plantillas
kept-messages = Mensajes y borradores
kept-calendar = Calendario y peticiones
kept-words = Qué más se escribió
kept-log = Lo que pasó, y decisiones
kept-label =
    .about = Sobre qué
    .answer = Respuesta
    .by = De quién
    .bytes = Bytes
    .choice = Elección
    .day = Día
    .days = Días
    .ended = Terminó
    .for = Para
    .from = De
    .how = Cómo
    .id = Id aquí
    .joined = Llegada
    .language = Idioma
    .left = Salida
    .level = Quién puede verlo
    .link = Enlace
    .member = Miembro
    .met = Primera vez
    .name = Nombre
    .of = De un total de
    .points = Cantidad
    .rank = Puesto
    .reason = Motivo
    .said = Palabras
    .settled = Resuelto
    .spent = Usado
    .state = Estado
    .streak = Días seguidos
    .times = Veces
    .to = A
    .until = Se guarda hasta
    .what = Qué
    .when = Cuándo
    .zone = Zona horaria
