# Candidaturas: quién merece un premio y por qué.

nominate =
    .title = Proponer a alguien
    .help = Propón a alguien para un premio y di por qué
    .who = A quién
    .who-hint = Una persona. Después puedes proponer a otras
    .award = Para qué
    .award-hint = Uno de los premios abiertos
    .why = Por qué
    .why-hint = ¿Qué hizo y qué cambió gracias a eso? Lo leerá quien decide
propose =
    .title = Proponer a alguien
    .who = A quién
    .who-hint = Una persona. Después puedes proponer a otras
    .award = Para qué
    .award-hint = Uno de los premios abiertos
    .why = Por qué
    .why-hint = ¿Qué hizo y qué cambió gracias a eso? Lo leerá quien decide
    .links = Dónde se puede ver
    .links-hint = Hasta cinco direcciones públicas, una por línea. Puede quedar vacío
fill-in =
    .title = Proponer a alguien
    .who = A quién
    .who-hint = Una persona. Después puedes proponer a otras
    .why = Por qué
    .why-hint = ¿Qué hizo y qué cambió gracias a eso? Lo leerá quien decide
    .links = Dónde se puede ver
    .links-hint = Hasta cinco direcciones públicas, una por línea. Puede quedar vacío
    .met = Es cierto
    .met-hint = Marca lo que sea cierto. El premio se juzga por eso
nominate-this =
    .title = Proponer por esto
words =
    .title = Tus palabras
    .why = Por qué
    .why-hint = ¿Qué hizo y qué cambió gracias a eso? Lo leerá quien decide
    .links = Dónde se puede ver
    .links-hint = Hasta cinco direcciones públicas, una por línea. Puede quedar vacío
    .met = Es cierto
    .met-hint = Marca lo que sea cierto. El premio se juzga por eso
mine =
    .help = Mira a quién propusiste y en qué quedó

sheet = { $member } para { $award }
sheet-again = Ya propusiste a esta persona ({ $at }), y eso sigue en pie. Lo que escribas aquí ocupará su lugar cuando lo envíes.
sheet-footer = Solo lo ves tú. Se guarda un día y cuenta cuando lo envíes.
stands = Lo que hay hasta ahora
quoted = «{ $words }»
words-gone = Estas palabras ya no se guardan.
evidence =
    { $count ->
        [one] Se puede ver en esta dirección: { $links }
       *[other] Se puede ver en estas direcciones: { $links }
    }
criteria = Lo que pide el premio
criterion-label =
    { $ticked ->
        [1] { $number } · ✓ marcado
       *[0] { $number } · sin marcar
    }
criterion =
    { $evidence ->
        [required] { $text } · con un enlace que lo muestre
        [welcome] { $text } · un enlace viene bien
       *[none] { $text }
    }
box =
    { $evidence ->
        [required] { $text } · pide enlace
        [welcome] { $text } · enlace opcional
       *[none] { $text }
    }
button-send = Proponer
button-send-anew = Reemplazar lo que hay
button-reword = Cambiar
button-drop = Descartar
button-change = Cambiar
button-withdraw = Retirar
button-withdraw-now = Sí, retirarla
button-keep = Dejarla como está
button-begin = Proponer a alguien
dropped = Descartado. No lo vio nadie; lo que propusiste antes sigue igual.

made = Has propuesto a { $member } para { $award }. Tus palabras ya están con quien decide, y sabrás en qué queda.
amended = Cambiado. Tus nuevas palabras sobre { $member } para { $award } ya están con quien decide.
made-until = Puedes cambiarla o retirarla hasta este momento: { $until }.
made-left =
    { $count ->
        [0] Era la última que tenías en esta ronda.
        [one] En esta ronda puedes proponer a una persona más.
       *[other] En esta ronda puedes proponer a { $count } personas más.
    }
confirm = ¿Retirar tu propuesta de { $member } para { $award }?
confirm-what = Quien decide ya no verá tus palabras. Lo que dijeron otras personas sigue en pie.
withdrawn = Retirada. Ya no apoyas a { $member } para { $award }, y puedes proponer a otra persona.

list = Tus candidaturas
none = Todavía no has propuesto a nadie. Si te viene alguien a la mente, con /nominate basta un minuto.
open-now =
    { $count ->
        [one] Abierto ahora: { $awards }
       *[other] Abiertos ahora: { $awards }
    }
none-open = Ahora no hay ningún premio abierto. /rules muestra los que existen.
award-name = { $award }
look = Ver una …
line = { $number } · { $award }
line-of = { $member }, { $at }: { $state }
one = { $member } para { $award }
state = En qué quedó
state-open = a la espera de una decisión
state-asked = te piden algo más: cámbiala y seguirá adelante
state-won = premiada
state-lost = esta vez se eligió a otras personas
state-declined = no aceptada; /why explica el motivo
state-withdrawn = retirada
somebody = alguien que ya no está

over = Por ahora no es posible elegir a { $member } para { $award }, así que tu propuesta ha terminado. No tiene que ver con lo que escribiste, y puedes proponer a otra persona.
over-gone = La persona que propusiste para { $award } ya no está aquí, así que tu propuesta ha terminado. Puedes proponer a otra.

refused-self = No puedes proponerte a ti. Si algo que hiciste merece verse, cuéntaselo a alguien que pueda proponerte.
refused-bot = { $member } es un bot, y los premios son para personas. ¿Quizá hay una persona detrás?
refused-left = { $member } ya no está en la comunidad, así que un premio no le llegaría.
refused-not-now = Por ahora no es posible proponer a { $member }. Unas palabras de agradecimiento en persona quizá sí vengan bien.
refused-unknown-award = Aquí no existe ese premio. /rules muestra los que hay.
refused-removed = { $award } ya no se entrega. /rules muestra los que sí.
refused-closed = { $award } no admite propuestas en este momento. /rules muestra cuándo se abre.
refused-none-open = Ahora no hay ningún premio abierto, así que todavía no se puede proponer a nadie. /rules muestra los que existen.
refused-decided = En esta ronda ya está decidido si { $member } recibe este premio. Puedes proponer a esta persona en la próxima.
refused-again = Ya propusiste a esta persona. En /nominations la encuentras y puedes cambiarla.
refused-limit =
    { $most ->
        [one] En esta ronda puedes proponer a una persona, y ya lo hiciste. En /nominations puedes cambiar a quién.
       *[other] En esta ronda puedes proponer a { $most } personas, y ya lo hiciste. Para nombrar a otra, retira una en /nominations.
    }
refused-gone = Ya no tienes esa propuesta. /nominations muestra las que siguen en pie.
refused-settled = Esto ya no se puede cambiar: el plazo está cerrado o ya hay una decisión. /nominations muestra en qué quedó.
refused-unticked = Marca al menos una cosa que se cumpla, por favor. El premio se juzga por eso.
refused-evidence = «{ $criterion }» necesita un enlace que lo muestre. Añádelo en «Dónde se puede ver», por favor.
refused-links =
    { $most ->
        [one] Cabe una dirección como máximo. Quédate con la mejor, por favor.
       *[other] Caben { $most } direcciones como máximo. Quédate con las mejores, por favor.
    }
refused-link-long = «{ $link }» tiene más de { $most } caracteres. ¿Quizá hay una dirección más corta para la misma página?
refused-link-scheme = «{ $link }» no es la dirección de una página web. Usa una que cualquiera pueda abrir en un navegador, por favor.
refused-link-private = «{ $link }» solo funciona dentro de la red de alguien, así que las demás personas no podrían abrirla. Usa una dirección pública, por favor.
refused-link-password = «{ $link }» lleva un nombre o una contraseña. Quita lo que hay antes de la @, por favor.
refused-link-unread = «{ $link }» no se pudo leer como dirección. Una tiene este aspecto: example.org/pagina
