# Lo que Laurel dice solo en Slack.

## Alrededor de un formulario

title = Laurel
cancel = Cancelar
close = Cerrar
loading = Un momento, tu formulario está en camino.

## Lo que la aplicación dice de sí misma donde Slack la muestra

about = Agradecimientos que se ven, se guardan y se celebran.
    .more = Laurel es para comunidades que se dan las gracias. Di en una línea quién te ayudó y cómo, y aparecerá en el muro para que lo vea todo el mundo. Trae también clasificaciones, una página propia con lo que has recibido y ajustes que se cambian desde el chat. No lee los mensajes de nadie, y cada persona puede ver, llevarse o borrar lo que guarda de ella.
group-laurel = Tu página, tu privacidad, ayuda y cómo está configurado Laurel aquí
group-template = Lo que Laurel publica, con las palabras de tu comunidad

## Respuestas

directly = mensajes directos
gone = canal-borrado
answered = Listo. La respuesta está en el canal del que vienes.
answered-directly = Listo. La respuesta está en tus mensajes con Laurel.
not-installed = Laurel no está instalado en este espacio de trabajo, o ya no lo está, así que no se hizo nada. Quien administra sus aplicaciones puede instalarlo de nuevo.
unknown-command = Este comando es de otra época y ya no hace nada. Escribe { $help } para ver lo que Laurel sabe hacer ahora.
unknown-word = Laurel no conoce eso. Prueba con uno de estos: { $commands }
file-lost = No se pudo recibir este archivo de Slack. Añádelo de nuevo.
file-sent = Aquí tienes { $names }.
file-unsent = Laurel entrega los archivos por mensaje directo y no pudo escribirte. Permite que las aplicaciones te escriban y pídelo de nuevo: { $names }

## Inicio

home-doing = Lo que puedes hacer
home-running = Cuidar de Laurel
home-command = { $command }
