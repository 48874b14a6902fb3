# Lo que Laurel dice solo en Discord.

only-in-servers = Aquí Laurel solo te trae noticias. Haz esto en el servidor del que se trata.
unknown-command = Este comando es de otra época y ya no hace nada. Escribe / para ver lo que Laurel sabe hacer ahora.
file-lost = No se pudo recibir este archivo de Discord. Añádelo de nuevo.
event-here = Aquí, en este servidor
thread = Noticias de Laurel

## Lo que Laurel pide a quien administra un servidor, con las palabras de Discord

permission-view-channel = Ver canales
    .why = para ver los canales donde publica
permission-send-messages = Enviar mensajes
    .why = para publicar reconocimientos y lo que configures
permission-create-public-threads = Crear hilos públicos
    .why = para reunir bajo una publicación lo que va junto, como los días de un reto
permission-send-messages-in-threads = Enviar mensajes en hilos
    .why = para publicar en hilos y foros: donde los elijas y en los suyos propios
permission-attach-files = Adjuntar archivos
    .why = para añadir imágenes y archivos a lo que publica
permission-read-message-history = Leer el historial de mensajes
    .why = para mirar, tras una mala conexión, si algo llegó, y que nada aparezca dos veces
permission-pin-messages = Fijar mensajes
    .why = para tener el calendario a mano, fijado en su canal
permission-create-events = Crear eventos
    .why = para mostrar el calendario entre los eventos del servidor; se pide solo donde está activado
