# Los premios: para qué se puede nominar a alguien, y cómo los hace moderación.

create =
    .title = Un premio nuevo
    .help = Crea un premio al que se pueda nominar a alguien
    .name = Nombre
    .name-hint = Cómo se llama, en pocas palabras
    .about = Para qué es
    .about-hint = Todo el mundo lo lee. También puedes escribirlo más tarde
edit =
    .title = Cambiar un premio
    .help = Cambia lo que pide un premio, cuándo se abre y quién decide
    .which = Cuál
open =
    .title = Abrir un premio
    .help = Deja que se nomine a personas para un premio desde ahora
    .which = Cuál
    .closes_on = Se cierra el día
    .closes_on-hint = Vacío: como esté previsto, o cuando lo cierres
    .closes_at = A las
    .closes_at-hint = En la zona horaria de la comunidad. Vacío: 18:00
close =
    .title = Cerrar un premio
    .help = Cierra un premio, o retíralo
    .which = Cuál
listed =
    .help = Mira todos los premios y cómo están
words =
    .title = Nombre y sentido
    .name = Nombre
    .name-hint = Cómo se llama, en pocas palabras
    .about = Para qué es
    .about-hint = Todo el mundo lo lee
items =
    .title = Qué se comprueba
    .items = Puntos, uno en cada línea
    .items-hint = Hasta diez, de hasta 100 caracteres cada uno. Vacío: ninguno
    .required = Hace falta una prueba en el punto
    .required-hint = Un enlace que lo muestre
    .required-1 = 1
    .required-2 = 2
    .required-3 = 3
    .required-4 = 4
    .required-5 = 5
    .required-6 = 6
    .required-7 = 7
    .required-8 = 8
    .required-9 = 9
    .required-10 = 10
    .welcome = Se agradece una prueba en el punto
    .welcome-hint = Donde un enlace ayuda y nadie tiene que darlo
    .welcome-1 = 1
    .welcome-2 = 2
    .welcome-3 = 3
    .welcome-4 = 4
    .welcome-5 = 5
    .welcome-6 = 6
    .welcome-7 = 7
    .welcome-8 = 8
    .welcome-9 = 9
    .welcome-10 = 10
eligible =
    .title = A quién se nomina
    .days = Días que debe llevar aquí, como mínimo
    .days-hint = 0: desde el primer día
    .rounds = Rondas que espera quien gana
    .rounds-hint = 0: quien ganó puede volver a ser nominado enseguida
roles =
    .title = Solo con un rol
    .first = Uno de estos roles
    .first-hint = Deja todo vacío para cualquiera
    .second = O este
    .third = O este
    .fourth = O este
    .fifth = O este
deciding =
    .title = Quién decide
    .winners = Cuántas personas ganan, como máximo
    .winners-hint = De 1 a 20 en cada ronda
    .decider = Quién decide
    .decider-moderators = Moderación
    .decider-committee = Un comité elegido por sorteo
    .quorum = Votos que necesita un comité
    .quorum-hint = De 1 a 25. Moderación decide sin votación
    .blind = Ocultar quién nominó a quienes deciden
    .nominations = Nominaciones por miembro en una ronda
    .nominations-hint = De 1 a 20
window =
    .title = Cuándo está abierto
    .opens_on = Se abre el día
    .opens_on-hint = Vacío: cuando alguien lo abra
    .opens_at = A las
    .opens_at-hint = En la zona horaria de la comunidad. Vacío: 9:00
    .closes_on = Se cierra el día
    .closes_on-hint = Vacío: cuando alguien lo cierre
    .closes_at = A las
    .closes_at-hint = En la zona horaria de la comunidad. Vacío: 18:00
announcing =
    .title = Anuncio de quién gana
    .moment = Cuándo se anuncia quién gana
    .moment-hint = Enseguida, o cuando empiece un momento del calendario

## La hoja

sheet-new = Un premio nuevo
    .intro = Por ahora solo lo ves tú. Cambia lo que quieras y guárdalo al final; sigue cerrado hasta que alguien lo abra.
sheet-known = Cambiar un premio
    .intro = Cambia lo que quieras y guárdalo al final. Hasta entonces, nada cambia para nadie.
sheet-open = Ahora está abierto. Lo que pide vale desde la próxima ronda, para que nadie sea juzgado por lo que no podía saber. El nombre y el cierre valen enseguida.
part-words = Nombre y sentido
part-items = Qué se comprueba
part-eligible = A quién se puede nominar
part-roles = Solo con un rol
part-deciding = Quién decide, y cuántas personas ganan
part-window = Cuándo está abierto
part-announcing = Cuándo se anuncia quién gana

quoted = { $words }
instant = { $at }
fact-name = Nombre
fact-about = Para qué es
fact-items = Qué se comprueba
no-items = Nada en particular
item =
    { $evidence ->
        [required] Punto { $number } · con un enlace que lo muestre
        [welcome] Punto { $number } · se agradece un enlace
       *[none] Punto { $number }
    }
fact-roles = A quién se puede nominar
anybody = A cualquiera
holders =
    { $count ->
        [one] A quien tiene { $roles }
       *[other] A quien tiene uno de { $roles }
    }
fact-days = Lleva aquí
days =
    { $count ->
        [one] Al menos un día
       *[other] Al menos { $count } días
    }
fact-not-won = Quien gana
not-won =
    { $count ->
        [one] Espera una ronda antes de volver a ser nominado
       *[other] Espera { $count } rondas antes de volver a ser nominado
    }
fact-winners = Cuántas personas ganan
winners-of =
    { $count ->
        [one] Una en cada ronda
       *[other] Hasta { $count } en cada ronda
    }
fact-decider = Quién decide
by-moderators =
    { $sees ->
        [blind] Moderación, sin ver quién nominó
       *[open] Moderación
    }
by-committee =
    { $sees ->
        [blind]
            { $count ->
                [one] Un comité elegido por sorteo, sin ver quién nominó; basta un voto
               *[other] Un comité elegido por sorteo, sin ver quién nominó; votan al menos { $count }
            }
       *[open]
            { $count ->
                [one] Un comité elegido por sorteo; basta un voto
               *[other] Un comité elegido por sorteo; votan al menos { $count }
            }
    }
fact-per-member = Puedes nominar
per-member-of =
    { $count ->
        [one] A una persona en cada ronda
       *[other] A { $count } personas como máximo en cada ronda
    }
fact-announced = Se anuncia quién gana
at-once = En cuanto se decida
in-moment = En { $moment }
moment-gone = En cuanto se decida: el momento elegido ya no está en el calendario
fact-opens = Se abre
fact-closes = Se cierra
open-now = Está abierto
opened-by-hand = Cuando moderación lo abra
closed-by-hand = Cuando moderación lo cierre
open-ended = Cuando moderación lo cierre

## Lo que se guardó

made = { $name } está creado
saved =
    { $count ->
        [0] Nada era distinto, así que { $name } sigue como estaba
        [one] Guardado: hay una cosa nueva en { $name }
       *[other] Guardado: hay { $count } cosas nuevas en { $name }
    }
version = Sus reglas son la versión { $number }. /rules se las muestra a todo el mundo, con todas las anteriores.
open-by-older = La ronda que está abierta sigue con la versión { $number }. La próxima irá con las reglas nuevas.
will-open = Se abre sola: { $at }.
is-closed = Está cerrado, así que todavía no se puede nominar a nadie.
open-it = Abrirlo ahora
dropped = Descartado. No se cambió nada.
overtaken = Este premio cambió después de que abrieras la hoja, así que lo tuyo no se guardó encima. Empieza de nuevo para ver lo que vale ahora.
overtaken-by = { $member } cambió este premio { $when }, después de que abrieras la hoja, así que lo tuyo no se guardó encima. Empieza de nuevo para ver lo que vale ahora.
restart = Empezar de nuevo

## Lo que se abre, se cierra y se va

list = Premios
none = Todavía no hay premios. /award create hace el primero; nadie lo ve antes de que lo abras.
change-one = Cambiar …
line =
    { $state ->
        [open] { $name } · abierto
       *[closed] { $name }
    }
state-open = Abierto
state-open-until = Abierto hasta { $at }
state-opens = Cerrado, se abre { $at }
state-closed = Cerrado
state-waiting =
    { $count ->
        [one] { $state } · una nominación espera una decisión
       *[other] { $state } · { $count } nominaciones esperan una decisión
    }
opened = { $name } está abierto
opened-told = Desde ahora, /nominate propone a personas para él. Todo el mundo lo lee en el muro.
opened-untold = Desde ahora, /nominate propone a personas para él. No hay muro elegido en /laurel setup, así que cuéntalo tú, por favor.
will-close = Se cierra solo: { $at }.
close-by-hand = Sigue abierto hasta que lo cierres con /award close.
closed = { $name } está cerrado
waiting =
    { $count ->
        [0] Ninguna nominación espera una decisión.
        [one] Una nominación espera una decisión, y conserva su lugar.
       *[other] { $count } nominaciones esperan una decisión, y conservan su lugar.
    }
closing = ¿Qué hacemos con { $name }?
close-now = Cerrarlo ahora
take-away = Retirarlo …
leave-it = Dejarlo como está
left = Todo sigue como estaba.
removing = ¿Retirar { $name }?
    .body = Ya no se podrá nominar a nadie. Quienes ganaron, y las reglas con las que se decidió, quedan registrados. No se puede recuperar; un premio nuevo puede llevar su nombre.
remove-it = Retirarlo
removed = { $name } está retirado. Quienes ganaron y sus reglas quedan registrados.

# En el calendario. El título es el nombre del premio.
opens = Se abren las nominaciones: { $title }
closes = Se cierran las nominaciones: { $title }

## Lo que lee todo el mundo

post-open = ¿Quién lo merece? Nominaciones abiertas: { $name }
begin = Nominar a alguien
read-rules = Leer las reglas
post-closed = Nominaciones cerradas: { $name }
    .body = Gracias por proponer a tanta gente. Aquí se anuncia quién gana.

## Cuando no puede ser

refused-gone = Este premio ya no está: alguien lo retiró. /award list muestra los que hay.
refused-full = Hay { $most } premios, que es el máximo. Para hacer sitio, retira uno con /award close.
refused-name = Ya hay un premio que se llama { $name }. Elige otro nombre para uno de los dos, por favor.
refused-overtaken = Alguien cambió este premio mientras tanto, así que lo tuyo no se guardó encima. Míralo otra vez, por favor.
refused-open = Este premio ya está abierto. Solo se puede mover su cierre.
refused-closed = Este premio ya está cerrado. No se cambió nada.
refused-undecided =
    { $count ->
        [one] Una nominación todavía espera una decisión, y quien la hizo no sabría nunca qué fue de ella. Decídela primero, por favor; después se puede retirar el premio.
       *[other] { $count } nominaciones todavía esperan una decisión, y quienes las hicieron no sabrían nunca qué fue de ellas. Decídelas primero, por favor; después se puede retirar el premio.
    }
refused-opens-past = Ese momento ya pasó. Elige uno posterior, por favor, o déjalo vacío y abre el premio cuando quieras.
refused-closes-past = Ese final ya pasó. Elige uno posterior, por favor, o déjalo vacío y cierra el premio cuando quieras.
refused-window = No se puede cerrar antes de abrirse. Elige un final posterior, por favor.
refused-far = Faltan más de { $days } días. Elige algo más cercano, por favor.
refused-no-date = Hay una hora sin día. Elige también el día, por favor, o deja vacías las dos cosas.
refused-items = Son { $count } puntos, y { $most } es el máximo. Menos son también más fáciles de recordar.
refused-item-long = «{ $item }» tiene { $count } caracteres, y { $most } es el máximo.
refused-no-item = No hay ningún punto { $number }. Marca números de las líneas de arriba, por favor.
refused-role = Este rol es de otra comunidad. Elige uno de la tuya, por favor.
refused-moment = Este momento ya no está en el calendario. Elige otro, por favor, o deja que se anuncie enseguida.

## Por qué no se puede nominar a alguien

ineligible-role = Este premio es para ciertos roles y, por lo que Laurel sabe, { $member } no tiene ninguno. /rules dice cuáles.
ineligible-days =
    { $days ->
        [one] Este premio es para quien lleva aquí un día, y { $member } todavía no.
       *[other] Este premio es para quien lleva aquí { $days } días, y { $member } todavía no.
    }
ineligible-won =
    { $rounds ->
        [one] { $member } ganó este premio en la última ronda. Quien gana espera una ronda, para que también brillen otras personas.
       *[other] { $member } ganó este premio en una de las últimas { $rounds } rondas. Quien gana espera ese tiempo, para que también brillen otras personas.
    }
