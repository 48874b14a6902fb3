# Lo que Laurel dice solo en Discord.

somebody = alguien
refused-at = **{ $question }**: { $reason }
edit-again = Editar de nuevo
form-ready = Falta completar un poco más.
open-form = Completarlo
only-in-servers = Aquí Laurel solo te trae noticias. Haz esto en el servidor del que se trata.
unknown-command = Este comando es de otra época y ya no hace nada. Escribe / para ver lo que Laurel sabe hacer ahora.
unknown-form = Este formulario es de otra época, así que no cambió nada. Ábrelo de nuevo.
file-lost = No se pudo recibir este archivo de Discord. Añádelo de nuevo.
thread = Noticias de Laurel

## Lo que Laurel pide a quien administra un servidor, con las palabras de Discord

permission-view-channel = Ver canales
    .why = para ver los canales donde publica
permission-send-messages = Enviar mensajes
    .why = para publicar reconocimientos y lo que configures
permission-send-messages-in-threads = Enviar mensajes en hilos
    .why = para publicar en hilos y foros, donde los elijas
permission-attach-files = Adjuntar archivos
    .why = para añadir imágenes y archivos a lo que publica
permission-read-message-history = Leer el historial de mensajes
    .why = para mirar, tras una mala conexión, si algo llegó, y que nada aparezca dos veces
