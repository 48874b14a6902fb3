# Páginas y canales fuera del chat: lo que viene y lo que fue.

calendar = Lo que viene
about-calendar = Lo que hay previsto aquí, siempre al día.
empty-calendar = Ahora mismo no hay nada previsto. Lo que se añade en el chat aparece aquí solo.
now = En marcha ahora
zone = Las horas son las de { $zone }.
day = { $day }
at = { $at }
from-to = { $since } – { $until }
until = hasta { $until }
planned-by-you = Esto lo pusiste tú en el calendario.
zone-change = Tus horas pasan a ser las de { $zone }

subscribe = Añadirlo a tu propio calendario
paste = O pega esta dirección donde tu programa de calendario la pida:
secret = Quien tiene la dirección de esta página puede leerla. En el chat puedes pedir otra que la sustituya.

recaps = Semanas y meses de agradecimientos
about-recaps = A quién se dieron las gracias y por qué.
empty-recaps = Todavía no hay ningún resumen. El primero aparecerá aquí solo.
follow = Para seguirlo en un lector de canales:
recap-week = La semana del { $since } al { $until }
recap-month = El mes del { $since } al { $until }
recap-thanks =
    { $thanks ->
        [0] Fue un tiempo tranquilo, y está bien así. Si ahora piensas en alguien, le alegrará saberlo.
        [one] Se dieron las gracias una vez.
       *[other] Se dieron las gracias { $thanks } veces.
    }
recap-people =
    { $givers ->
        [one] Una persona dio las gracias
       *[other] { $givers } personas dieron las gracias
    } { $receivers ->
        [one] a alguien.
       *[other] a otras { $receivers } personas.
    }
highlights = Una muestra
highlight = { $giver } dio las gracias a { $receivers }
highlight-of-somebody = Gracias a { $receivers }
first-timers =
    { $count ->
        [one] Recibió las gracias por primera vez
       *[other] Recibieron las gracias por primera vez
    }
people = { $people }
values = Por qué fue
value = { $label }: { $count }
coming-then = { $when }: { $what }
word = Unas palabras de agradecimiento
shapes = Lo mismo, para compartirlo:
mail = Para correo
letter = Para el correo, como archivo para reenviar
text = Solo texto
read-page = Leerlo en una página

pages = Páginas
skip = Ir al contenido

lost-title = Aquí no hay nada
lost = Esta dirección no lleva a ninguna parte. Quizá se sustituyó por otra, o se perdió una letra por el camino. Quien te la dio encuentra la correcta en el chat.
refused-title = Esto es para leer
refused = En esta dirección se puede leer, pero no cambiar nada.
busy-title = Un momento, por favor
busy = Esto se pidió muchas veces hace un momento. Inténtalo de nuevo en un minuto.
