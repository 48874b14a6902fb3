# Las palabras del propio playground: un chat en el navegador.

product = Laurel playground
said = { $words }

## Alrededor de la sala

skip = Ir al cuadro de mensaje
rooms = Salas
open-rooms = Mostrar las salas
channels = Canales
directs = Mensajes directos
direct-topic = Solo Laurel y tú.
unread =
    { $count ->
        [one] 1 mensaje sin leer
       *[other] { $count } mensajes sin leer
    }
log = Mensajes en { $room }
today = Hoy
yesterday = Ayer
earlier = Mensajes anteriores
back-to-now = Volver a lo más reciente
empty = Aquí todavía no hay nada.
empty-help = Di algo, o escribe / para ver lo que Laurel sabe hacer.
lost = Se perdió la conexión. Volviendo a intentarlo…
failed = Eso no llegó. Inténtalo de nuevo, por favor.
lost-title = Aquí no hay nada
lost-help = Esta dirección no lleva a ningún sitio, o no para la persona por la que actúas. Tus mensajes siguen donde estaban.
lost-home = Volver al playground
no-script = El playground necesita JavaScript para funcionar.

## El reloj

clock-label = Adelantar el reloj
plus-hour = +1 hora
plus-day = +1 día
plus-week = +1 semana
next = Siguiente: { $what }, { $when }

## La plataforma

platform-is = Plataforma: { $state }
platform-title = Haz que la plataforma esté
platform-help = Elige cómo falla y luego da las gracias a alguien. Laurel responde al momento, guarda lo que se le dijo y lo dice más tarde: cada cosa una vez y en orden.
platform-hint = Adelantar el reloj hace pasar el tiempo que se espera. Al reiniciar, la plataforma vuelve a estar bien.
fault-well = bien
fault-well-help = Responde como debe.
fault-slow = lenta
fault-slow-help = Acepta lo que se le envía y responde cinco segundos después.
fault-busy = saturada (429)
fault-busy-help = No acepta nada y pide que se vuelva a intentar dentro de un rato.
fault-failing = fallando (500)
fault-failing-help = No acepta nada y dice que algo salió mal.
fault-hanging = colgada
fault-hanging-help = No dice nada durante medio minuto. Cuando Laurel ya ha desistido, acepta el mensaje de todos modos.
fault-cut = desconectada
fault-cut-help = La línea se corta antes de que llegue nada.
fault-lost = perdiendo respuestas
fault-lost-help = Acepta lo que se le envía, y la línea se corta antes de que pueda decirlo.
waits =
    { $count ->
        [one] 1 espera
       *[other] { $count } esperan
    }
waits-none = No queda nada por decir.
waits-more =
    { $count ->
        [one] Laurel tiene 1 mensaje por decir, y lo guarda.
       *[other] Laurel tiene { $count } mensajes por decir, y los guarda en orden.
    }
waits-for-answer = Envió el primero y espera una respuesta: 30 segundos como mucho.
waits-to-look = No hubo respuesta al primero, que aún puede llegar. Un minuto después de enviarlo, Laurel mira si está y solo si no lo vuelve a enviar.
waits-to-see = No hubo respuesta al primero, y Laurel no puede mirar si está. Hasta que pueda, no envía nada por segunda vez.
waits-to-try = El primero no fue aceptado. Laurel lo intenta de nuevo a las { $at }.

## Actuar como otra persona

acting = { $role } · cambiar
switch-title = Actuar como otra persona
switch-help = Cada persona ve su propio playground: su rol, su idioma, su zona horaria. Dos pestañas pueden actuar como dos personas.
switch-find = Buscar a una persona
role-member = Miembro
role-moderator = Moderación
role-admin = Administración
newcomer = Nuevo ingreso
bot = App
you = Tú

## Mensajes

edited = editado
thread = Un hilo, aparte de la sala
thread-back = Volver a { $room }
thread-of = Hilo bajo lo que dijo { $name }:
thread-log = Mensajes de un hilo de { $room }
thread-compose = Mensaje en un hilo de { $room }
thread-closed = cerrado
thread-replies =
    { $count ->
        [one] 1 respuesta
       *[other] { $count } respuestas
    }
pinned = Fijado
only-you = Solo tú puedes ver esto
more-about = Más sobre el mensaje de { $name }
message-menu = Mensaje
inspect = Ver qué hay detrás
choose = Elegir
opens-elsewhere = (se abre en otra pestaña)
link-broken = (esta dirección no se puede abrir)
file-size = { $kilobytes } kB
over-limits = Ninguna plataforma aceptaría este mensaje. Supera el límite de: { $limits }

## Escribir

compose-label = Mensaje en { $room }
compose-placeholder = Escribe, o / para comandos
compose-hint = Intro envía, Mayús e Intro empieza otra línea. Escribe @ para nombrar a alguien, # para nombrar un canal.
commands = Lo que encaja con lo que escribiste
send = Enviar
cancel = Cancelar
close = Cerrar
optional = opcional
choose-one = Elige una opción
take-out = Quitar
nothing-found = No hay nada que encaje
unknown-command = Aquí no existe ese comando. Escribe / para ver los que puedes usar.
too-long-to-say = Los mensajes pueden tener { $most } caracteres como máximo.

## Junto a un campo


## Detrás de un mensaje

inspector = Inspector
inspected = Mensaje { $number }, tal como lo escribió Laurel y como lo recibe cada plataforma.
shown-on = Cómo lo muestra { $platform }
sent-to = Lo que recibe { $platform }
limits = Límites
used-of = { $used } de { $limit }
over-limit = Supera el límite
