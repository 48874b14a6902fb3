# Los retos: lo que una comunidad se propone, desde la primera idea hasta el final.

create =
    .title = Un reto nuevo
    .help = Crea un reto, desde una plantilla o desde cero
    .template = Empezar desde
    .template-hint = Después puedes cambiarlo todo
    .template-creator = Siete días de creación
    .template-reading = Mes de lectura
    .template-steps = Pasos
    .template-bugs = Caza de errores
    .template-work = Enseña tu trabajo
    .template-blank = Una hoja en blanco
    .starts_on = Primer día
    .starts_on-hint = Vacío: el próximo lunes
    .channel = Canal
    .channel-hint = Dónde se anuncia. Vacío: el muro
edit =
    .title = Cambiar un reto
    .help = Cambia lo que pide un reto, hasta donde todavía se puede
    .which = Cuál
open =
    .title = Abrir un reto
    .help = Anuncia un reto y deja que la gente se una, ahora o cuando tú elijas
    .which = Cuál
    .opens_on = Se abre el día
    .opens_on-hint = Vacío: ahora
    .opens_at = A las
    .opens_at-hint = En la zona horaria de la comunidad. Vacío: 9:00
plan-it =
    .title = Abrirlo más tarde
    .opens_on = Se abre el día
    .opens_on-hint = A más tardar, en su primer día
    .opens_at = A las
    .opens_at-hint = En la zona horaria de la comunidad. Vacío: 9:00
listed =
    .help = Mira qué retos hay
call-off =
    .title = Cancelar un reto
    .help = Termina un reto antes de tiempo, o desecha un borrador
    .which = Cuál
    .why = Por qué
    .why-hint = Lo lee todo el mundo que participa
words =
    .title = Nombre y sentido
    .name = Nombre
    .name-hint = Cómo se llama, en pocas palabras
    .about = Para qué es
    .about-hint = Todo el mundo lo lee
    .reward = Al final
    .reward-hint = Lo que espera a quien llegue hasta el final. Todo el mundo lo lee
dates =
    .title = Cuándo es
    .starts_on = Primer día
    .starts_on-hint = Empieza en esta fecha para cada persona, en su propia zona horaria
    .days = Días
    .days-hint = De 1 a 92
    .prompt_at = Propuesta del día a las
    .prompt_at-hint = En la zona horaria de la comunidad
    .remind_at = Recordatorio a las
    .remind_at-hint = En la hora de cada persona, si aún no marcó el día. Vacío: ninguno
prompts =
    .title = Propuestas
    .prompts = Una para cada día, una en cada línea
    .prompts-hint = Si hay una sola, es la de cada día. Hasta 200 caracteres cada una
points =
    .title = Puntos
    .per_day = Puntos por cada día
    .per_day-hint = De 0 a 1000
    .streak_every = Días seguidos que dan un extra
    .streak_every-hint = 0: sin extra
    .streak_bonus = Puntos del extra
    .streak_bonus-hint = 0: sin extra
    .judged = Puntos que puede añadir quien revisa
    .judged-hint = Por un día marcado. 0: ninguno
    .cap = Máximo de puntos en total
    .cap-hint = Vacío: sin límite
grace =
    .title = Días que faltan
    .grace_days = Días de gracia
    .grace_days-hint = De 0 a 7. Tantos seguidos mantienen la racha, y tantos en total aún terminan
    .catch_up = Recuperar días anteriores
proof =
    .title = Marcar el día
    .proof = Con qué se marca el día
    .proof-none = Nada más
    .proof-welcome = Palabras, un enlace o una imagen, si se quiere
    .proof-text = Palabras
    .proof-link = Un enlace
    .proof-image = Una imagen
    .proof-file = Un archivo
    .review = Quién lo mira antes
    .review-none = Nadie: cuenta enseguida
    .review-sample = Moderación mira una muestra
    .review-all = Moderación mira cada uno
    .sample_percent = Tamaño de la muestra, en porcentaje
    .sample_percent-hint = De 1 a 100
teams =
    .title = Equipos
    .teams = Dejar que se formen equipos
    .team_min = Personas que necesita un equipo, al menos
    .team_min-hint = De 1 a 50. Los menores no salen en la tabla de equipos
    .team_max = Personas en un equipo, como mucho
    .team_max-hint = De 1 a 50
place =
    .title = Dónde ocurre
    .channel = Canal
    .channel-hint = Dónde se anuncia
    .thread = Llevar las propuestas en un hilo

## Las plantillas. Propuestas: una para cada día, una en cada línea.

template-creator =
    .title = Siete días de creación
    .about = Haz una cosa pequeña cada día durante una semana, y enséñala. No tiene que estar terminada ni tiene que ser buena.
    .prompts =
        Saluda: ¿qué haces, y qué vas a probar esta semana?
        Haz algo en quince minutos. Pon un temporizador y para cuando suene.
        Enseña tus herramientas: ¿dónde y con qué trabajas?
        Hazlo otra vez, más pequeño. ¿Qué queda cuando quitas la mitad?
        Comparte algo que salió mal, y lo que te enseñó.
        Haz algo para otra persona de aquí.
        Enseña lo que hiciste esta semana. ¿Con qué te quedarías?
    .reward = Quien llegue hasta el final podrá opinar sobre el tema del próximo reto.
template-reading =
    .title = Mes de lectura
    .about = Unas páginas al día durante treinta días. Cualquier libro, cualquier idioma, cualquier tamaño.
    .prompts = ¿Qué leíste hoy? Con una línea basta.
template-steps =
    .title = Pasos
    .about = Dos semanas caminando, a solas o en equipo. Cada paso cuenta, y cada descanso también.
    .prompts = ¿Cuántos pasos fueron hoy? Basta un número, y una foto del camino siempre alegra.
template-bugs =
    .title = Caza de errores
    .about = Cinco días de mirar de cerca. Cada aviso ayuda, y los claros ayudan más.
    .prompts =
        Encuentra algo que te sorprendió, y avisa.
        Prueba lo que nunca usas. ¿Qué pasa?
        Toma un aviso antiguo y pruébalo otra vez: ¿sigue igual?
        Rómpelo a propósito: nombres raros, campos vacíos, líneas lentas.
        Ayuda con el aviso de otra persona: añade lo que falta.
template-work =
    .title = Enseña tu trabajo
    .about = Cinco días, una imagen al día de lo que tienes entre manos. A medio hacer también vale.
    .prompts =
        ¿Qué hay hoy en tu mesa?
        Enseña un detalle que nadie notaría.
        Enseña algo a medio hacer.
        Enseña lo que cambiaste desde ayer.
        Enseña de qué te sientes bien esta semana.
template-blank =
    .title = Un reto nuevo

## La hoja

sheet-new = Un reto nuevo
    .intro = Por ahora solo lo ves tú. Cambia lo que quieras, pruébalo y guárdalo al final; nadie puede unirse hasta que alguien lo abra.
sheet-known = Cambiar un reto
    .intro = Cambia lo que quieras y guárdalo al final. Hasta entonces, nada cambia para nadie.
sheet-open = Está abierto. El canal y los equipos se quedan como están, porque ya hay quien se unió así. Todo lo demás puede cambiar hasta que empiece, y se avisa a quien se unió.
sheet-running = Está en marcha. Las palabras, las propuestas que faltan, su hora, el recordatorio y la revisión pueden cambiar. Las fechas, los puntos, los días de gracia, con qué se marca el día, lo que se promete para el final, los equipos y el canal se quedan: por eso se unió la gente, y así se dieron los puntos.
part-words = Nombre y sentido
part-dates = Cuándo es
part-prompts = Propuestas
part-points = Puntos
part-grace = Días que faltan
part-proof = Marcar el día y revisión
part-teams = Equipos
part-place = Dónde ocurre
preview-it = Vista previa
rehearse-it = Ensayo

quoted = { $words }
fact-title = Nombre
fact-about = Para qué es
fact-reward = Al final
no-reward = No se promete nada
fact-when = Cuándo
when =
    { $count ->
        [one] { $first }, un día
       *[other] Del { $first } al { $last }, { $count } días
    }
fact-prompt-at = Propuesta
prompted-at = Cada día a las { $time }, en la zona horaria de la comunidad
fact-remind-at = Recordatorio
reminded-at = A las { $time } de tu hora, si aún no marcaste el día
no-reminder = Ninguno
fact-place = Dónde
in-thread = { $channel }, en un hilo propio
in-channel = { $channel }
fact-prompts = Propuestas
prompted =
    { $count ->
        [one] La misma cada día: “{ $first }”
       *[other] { $count }, la primera es “{ $first }”
    }
no-prompts = Ninguna: solo el número del día
fact-points = Puntos
per-day =
    { $count ->
        [0] Ninguno por un día suelto
        [one] Uno por cada día
       *[other] { $count } por cada día
    }
fact-streak = Extra
streak =
    { $count ->
        [one] Uno más por cada { $days } días seguidos
       *[other] { $count } más por cada { $days } días seguidos
    }
fact-cap = Como mucho
cap =
    { $count ->
        [one] Un punto en total
       *[other] { $count } puntos en total
    }
fact-judged = Por lo que destaca
judged =
    { $count ->
        [one] Quien revisa puede añadir uno por un día marcado
       *[other] Quien revisa puede añadir hasta { $count } por un día marcado
    }
fact-grace = Días que faltan
grace-of =
    { $count ->
        [0] Un día sin marcar termina la racha
        [one] Uno seguido mantiene tu racha; quien falla uno en total aún termina
       *[other] Hasta { $count } seguidos mantienen tu racha; quien falla { $count } en total aún termina
    }
fact-catch-up = Recuperar
catch-up = Puedes marcar días anteriores mientras dura
no-catch-up = Cada día cuenta solo en su día
fact-proof = Marcar el día con
proof-of =
    { $kind ->
        [none] Solo pulsar el botón
        [text] Una línea o dos de palabras
        [link] Un enlace
        [image] Una imagen
        [file] Un archivo
       *[welcome] Pulsar el botón; si quieres, con palabras, un enlace o una imagen
    }
fact-review = Revisión
review =
    { $kind ->
        [all] Moderación mira cada día marcado antes de que cuente
       *[sample] Moderación mira algunos días marcados antes de que cuenten, unos { $percent } de cada cien
    }
fact-teams = Equipos
in-teams = A solas, o en equipos de { $least } a { $most }
fact-so-far = Hasta ahora
so-far =
    { $count ->
        [one] Un punto · racha de { $streak }
       *[other] { $count } puntos · racha de { $streak }
    }

## La vista previa y el ensayo

preview-note = Solo lo ves tú. La gente encontrará además los botones para unirse y marcar el día.
back = Volver a la hoja
rehearsing = Un ensayo: recorre todo el reto por tu cuenta. Solo lo ves tú, y nada cuenta.
rehearsing-on = Sigue el ensayo. Solo lo ves tú.
rehearse-miss = Saltar este día
rehearse-leap = Todos los días hasta el final
rehearse-again = Otra vez
rehearsed = El final del ensayo: { $title }
rehearsed-finished = Estarías entre quienes terminan.
rehearsed-unfinished = Te habrían faltado demasiados días para terminar.
rehearsed-you = Tú: { $points }
rehearsed-steady = Alguien cada día: { $points }
rehearsed-others = Alguien que faltó dos: { $points }
rehearsed-note = Las otras dos personas son inventadas. Los puntos se calculan igual que de verdad, sin lo que pueda añadir quien revise.

## Lo que se guardó

made = { $title } está creado
saved =
    { $count ->
        [0] Nada era distinto, así que { $title } sigue como estaba
        [one] Guardado: hay una cosa nueva en { $title }
       *[other] Guardado: hay { $count } cosas nuevas en { $title }
    }
saved-told = El anuncio ya lo muestra, y aquello por lo que la gente se unió se dice una vez más.
is-draft = Es un borrador: solo lo conoce moderación.
open-now = Abrirlo ahora
open-later = Abrirlo más tarde …
open-then = En otro momento …
open-by-hand = Que no se abra solo
dropped = Desechado. Nada cambió.
overtaken = Este reto cambió después de que abrieras la hoja, así que lo tuyo no se guardó encima. Empieza de nuevo para ver lo que vale ahora.
overtaken-by = { $member } cambió este reto después de que abrieras la hoja, así que lo tuyo no se guardó encima. Empieza de nuevo para ver lo que vale ahora.
restart = Empezar de nuevo

## Lo que hay, lo que se abre y lo que se cancela

list = Retos
none-yet = Ahora mismo no hay ningún reto. Cuando se abra uno, se anunciará.
none-desk = Todavía no hay retos. /challenge create crea el primero; solo moderación lo ve antes de que se abra.
look-at = Mirar …
line =
    { $state ->
        [draft] { $title } · borrador
        [open] { $title } · puedes unirte
        [running] { $title } · en marcha
        [review] { $title } · en revisión
        [called-off] { $title } · cancelado
       *[final] { $title } · terminado
    }
state =
    { $state ->
        [draft] Borrador · del { $first } al { $last }
        [open] Puedes unirte · del { $first } al { $last }
        [running] En marcha · del { $first } al { $last }
        [review] En revisión · del { $first } al { $last }
        [called-off] Cancelado · del { $first } al { $last }
       *[final] Terminado · del { $first } al { $last }
    }
edit-it = Cambiarlo
state-planned = Borrador, se abre { $at } · del { $first } al { $last }
planned = Cuándo se abre { $title }
will-open = Se abre solo: { $at }.
will-open-told = El calendario lo muestra desde ahora, con su nombre. Espera a que terminen las horas de silencio.
by-hand = Se abre cuando alguien de moderación lo abra, y no solo.
unopened = { $title } no se abrió solo
unopened-next = Todavía nadie puede unirse. Cambia lo que haga falta, y ábrelo entonces.
opened = { $title } está abierto
opened-told = Todo el mundo lo lee en { $channel }, con un botón para unirse.
will-start = Empieza solo el { $on }.
begun = Ya empezó: hoy es el primer día.
will-end = Termina solo: { $at }.
ending = ¿Cancelar { $title }?
ending-draft = Es un borrador que nadie más conoce, así que se desecha sin decir nada.
ending-kept =
    { $count ->
        [0] Todavía no participa nadie. Se dice donde se anunció, y no tiene vuelta atrás.
        [one] Participa una persona. Se dice donde se anunció, y no tiene vuelta atrás.
       *[other] Participan { $count } personas. Se dice donde se anunció, y no tiene vuelta atrás.
    }
ending-points =
    { $count ->
        [one] El punto que se dio queda en el historial de quien lo tiene. No hay resultado ni podio.
       *[other] Los { $count } puntos que se dieron quedan en el historial de cada persona. No hay resultado ni podio.
    }
call-it-off = Cancelarlo
leave-it = Dejarlo como está
left = Todo sigue como estaba.
thrown-away = { $title } está desechado.
ended-points = { $title } está cancelado. Los puntos que se dieron quedan en el historial de cada persona.
ended-no-points = { $title } está cancelado. Aún no se había dado ningún punto.

# En el calendario. El título es el nombre del reto.
opens = Se abre { $title }
starts = Empieza { $title }
ends = Termina { $title }
begins = El primer día de un reto
asks = La propuesta de un reto

## Lo que lee todo el mundo

post = { $title }
post-draft = Todavía nadie puede unirse.
post-planned = Todavía nadie puede unirse. Se abre solo: { $at }.
post-open = Todo el mundo puede participar. Únete antes de que empiece, o cualquier día después.
post-running = Está en marcha, hasta { $at }. Todavía puedes unirte.
post-review = Sus días terminaron. El resultado se puede mirar, y discutir, antes de ser definitivo.
post-final = Terminó, y el resultado es definitivo. Gracias a todo el mundo.
post-called-off = Se canceló. Los puntos que se dieron quedan en tu historial.
join-in = Unirme
check-in = Marcar el día
where-i-am = ¿Cómo voy?
day = Día { $number } de { $days } · { $title }
day-unprompted = Un día nuevo. ¿Qué hiciste?
day-last = Hoy es el último día.
day-carries = Para marcar el día: { $what }
changed = Cambios: { $title }
    .body = Moderación cambió algo por lo que te uniste. Vale desde ahora; lo que ya tienes sigue siendo tuyo.
off = { $title } se cancela
off-why = Por qué: { $why }
off-points = Los puntos que se dieron quedan en tu historial. No hay resultado, y a nadie se le quita lo que hizo.
off-no-points = Aún no se había dado ningún punto. Gracias a quienes querían participar.

## Cuando no puede ser

refused-gone = Este reto no está. /challenge list muestra cuáles hay.
refused-full = Hay { $most } retos en curso, que es el máximo. Para hacer sitio, deja que termine uno o cancela otro.
refused-title = Ya hay un reto que se llama { $title } y que no ha terminado. Elige otro nombre para uno de los dos.
refused-overtaken = Alguien cambió este reto mientras tanto, así que no se hizo nada. Míralo otra vez.
refused-over = Los días de este reto terminaron, así que ya nada de él cambia. Lo que sí se puede es discutir su resultado.
refused-open = Este reto ya está abierto. Nada cambió.
refused-channel = Este canal es de otra comunidad. Elige uno de la tuya.
refused-no-date = Hay una hora sin día. Elige también el día, o deja vacías las dos cosas para abrirlo ahora.
refused-opens-past = Ese momento ya pasó. Elige uno posterior, o abre el reto ahora.
refused-opens-late = Se abriría solo después de su primer día, cuando ya nadie podría marcar ese día. Elige una apertura anterior, o un primer día posterior.
refused-past = El primer día ya pasó. Elige hoy o un día posterior.
refused-far = Eso está a más de { $days } días. Elige algo más cercano.
refused-prompts =
    { $days ->
        [one] Hay { $count } propuestas para un solo día. Quita algunas, o dale más días.
       *[other] Hay { $count } propuestas para { $days } días. Quita algunas, o dale más días.
    }
refused-prompt = La propuesta del día { $day } tiene { $count } caracteres, y { $most } es el máximo. Hazla más corta.
refused-streak = Un extra necesita las dos cosas: cuántos días seguidos y cuántos puntos. Rellena ambas, o pon 0 en ambas.
refused-streak-long =
    { $days ->
        [one] Solo tiene un día, así que nadie podría tener tantos seguidos. Elige menos, o 0 para que no haya extra.
       *[other] Solo tiene { $days } días, así que nadie podría tener tantos seguidos. Elige menos, o 0 para que no haya extra.
    }
refused-no-points = Así nadie podría tener nunca un punto. Da algunos por cada día, como extra o al revisar.
refused-judged = Nadie mira los días marcados, así que nadie podría añadir puntos. Elige una revisión en “Marcar el día y revisión”, o 0 puntos aquí.
refused-review = Sin nada que mirar, no hay nada que revisar. Deja que se marque el día con algo, o elige que no haya revisión.
refused-team = Un equipo no puede necesitar más personas de las que admite. Elige un máximo mayor, o un mínimo menor.

## Por qué algo se queda como está

fixed-over = Los días de este reto terminaron, así que lo que pedía se queda como estaba: el resultado se apoya en ello.
fixed-place = Está anunciado en ese canal, y ahí se ha unido la gente, así que se queda ahí.
fixed-teams = La gente se ha unido con estas reglas, a solas o en equipo, así que se quedan como están.
fixed-dates = Está en marcha, y la gente cuenta con estos días, así que se quedan como están.
fixed-points = Está en marcha, y se dieron puntos con estas reglas. Cambiarlas ahora quitaría a alguien lo que ganó, así que se quedan.
fixed-proof = Está en marcha, y la gente ha marcado sus días con esta regla, así que se queda como está.
fixed-reward = Está en marcha, y la gente se unió por lo que se prometió, así que se queda como está.
fixed-prompt = La propuesta del día { $day } ya salió, y hay quien la respondió. Las que faltan sí pueden cambiar.
