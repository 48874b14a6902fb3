# Marcadores de los retos: cómo va cada cual, cómo acaba y qué se alega en contra.

board =
    .title = Marcador del reto
    .help = Mira cómo va cada cual en un reto
    .which = Qué reto
    .which-hint = El más reciente en marcha, si no eliges otro
    .look = Imagen para
    .look-hint = Clara, si no eliges otra cosa
    .look-light = Pantallas claras
    .look-dark = Pantallas oscuras
dispute =
    .title = Reclamar mi puesto
    .help = Di qué no cuadra en tu puesto de un resultado
    .which = Qué reto
    .which-hint = Durante 48 horas tras el final, y solo sobre ti
    .words = ¿Qué no cuadra?
    .words-hint = Lo lee y responde alguien de moderación: quien no participe, si lo hay
object =
    .title = Reclamar mi puesto
    .words = ¿Qué no cuadra?
    .words-hint = Lo lee y responde alguien de moderación: quien no participe, si lo hay
disputes =
    .title = Reclamaciones
    .help = Mira qué reclama la gente sobre sus puestos, de lo más antiguo a lo más nuevo
stands =
    .title = Se queda así
    .reason = Por qué
    .reason-hint = Lo lee quien reclamó, sin tu nombre
correct =
    .title = Corregir un puesto
    .points = Puntos
    .points-hint = Todos los suyos, tal como deberían ser
    .days = Días que cuentan
    .days-hint = Cuántos, de todos los días del reto
    .streak = Más días seguidos
    .streak-hint = Su mejor racha
    .reason = Por qué
    .reason-hint = Lo lee quien reclamó, sin tu nombre

# Encima de un marcador.
title = Marcador: { $challenge }
teams = Equipos
members = Todo el mundo
span-running = Día { $day } de { $days }
span-looking = Los días han terminado
span-open = El resultado
span-answering = El resultado
span-final = El resultado definitivo
span-called-off = Cancelado
stage =
    { $count ->
        [one] **{ $span }** · participa { $count } persona
       *[other] **{ $span }** · participan { $count } personas
    }
looking =
    { $count ->
        [0] El resultado llega enseguida.
        [one] Moderación aún mira un día marcado; después llega el resultado.
       *[other] Moderación aún mira { $count } días marcados; después llega el resultado.
    }
parted =
    { $count ->
        [one] Una decisión de aquí la tomó alguien que tiene parte en ella, porque nadie de moderación tiene menos.
       *[other] { $count } decisiones de aquí las tomó alguien que tiene parte en ellas, porque nadie de moderación tiene menos.
    }
open = Si algo no cuadra en tu propio puesto, dilo hasta el { $until }. Después será definitivo.
answering = Ya no se puede reclamar nada. Será definitivo en cuanto llegue la última respuesta.
in-points = En puntos:
empty = Aún no cuenta ningún día. Quien marque el primero pone aquí un nombre.
points =
    { $count ->
        [one] { $count } punto
       *[other] { $count } puntos
    }
detail =
    { $streak ->
        [0] { $days ->
            [one] { $days } día
           *[other] { $days } días
        }
        [one] { $days ->
            [one] { $days } día
           *[other] { $days } días
        }
       *[other] { $days ->
            [one] { $days } día
           *[other] { $days } días
        }, racha { $streak }
    }
team-detail =
    { $size ->
        [one] { $size } miembro
       *[other] { $size } miembros
    }, { $days ->
        [one] { $days } día
       *[other] { $days } días
    }
line = { $who }, { $detail }
somebody = alguien
team-nameless = un equipo
ties = A igualdad de puntos, va delante quien llegó antes.
ties-drawn = «=» marca los puntos iguales: va delante quien llegó antes.
alt = { $challenge }. { $span }. { $places }.
alt-teams = { $challenge }. { $span }. Equipos: { $teams }. Todo el mundo: { $places }.
alt-place = { $rank }. { $who }, { $points }

mine-button = Mi puesto
object-button = Reclamar mi puesto
check = Marcar el día
join = Apuntarme
option = { $title }

# Lo que cada cual ve de su propio puesto.
own = Tú en { $challenge }
counted =
    { $days ->
        [one] { $points } por { $days } día
       *[other] { $points } por { $days } días
    }
own-placed = Tienes { $counted }. Aquí estás, con quienes tienes al lado. Nadie más ve esto.
own-hidden = Tienes { $counted }. Pediste que no se te muestre, así que nadie te encuentra en el marcador. Puedes cambiarlo en /laurel privacy.
own-waiting = Lo que dijiste sobre tu puesto espera la respuesta de moderación.
own-stands = Moderación miró lo que dijiste y dejó tu puesto como estaba: { $words }
own-corrected = Moderación miró lo que dijiste y corrigió tu puesto: { $words }
nothing-yes = Aún no cuenta ningún día tuyo. Basta con marcar uno.
nothing-no = Esta vez no contó ningún día tuyo. El próximo reto empieza de cero para todo el mundo.
outside-yes = Aún no participas. Todavía puedes apuntarte.
outside-no = En este no participaste.

# Reclamaciones.
disputed = Ya lo tiene moderación. Lo mira alguien que no participa en { $challenge }, o si no quien menos parte tiene, y te diremos en qué queda.
dispute-card = Reclamación: { $challenge }
overdue-title = Aún no es definitivo: { $challenge }
overdue =
    { $count ->
        [one] Alguien reclamó su puesto y espera respuesta. Hasta entonces, el resultado no puede ser definitivo.
       *[other] { $count } personas reclamaron su puesto y esperan respuesta. Hasta entonces, el resultado no puede ser definitivo.
    }
    .next = /challenge disputes enseña lo que espera.
dispute-by = { $who } dice que su propio puesto no cuadra.
quoted = { $words }
fact-place = Su puesto ahora
fact-answer = Respuesta
fact-reason = Por qué
fact-answers = Quién responde
answers-admins = { $people }: el resto de moderación tiene parte en ello.
answers-parted = Quien no tenga parte en ello. Toda la moderación que Laurel conoce la tiene, así que desde el { $at } le toca también a quien menos tiene: { $people }. El marcador y el registro lo dirán.
fact-part = Con parte en ello
part-of-theirs = Quien respondió la tiene. Nadie de moderación tenía menos.
parted-you = Tienes parte en ello, y nadie de moderación tiene menos. El marcador y el registro lo dicen.
place-now =
    { $days ->
        [one] { $points }, { $days } día, { $best } seguidos como mucho
       *[other] { $points }, { $days } días, { $best } seguidos como mucho
    }
answered-stands = { $who } lo dejó como estaba, { $at }
answered-corrected = { $who } lo corrigió, { $at }
stands-button = Se queda así
fix-button = Corregirlo …
stood = Se queda así. Quien reclamó lo sabrá, con tu motivo.
corrected = Está corregido y todo el mundo se ordena de nuevo. Quien reclamó lo sabrá, con tu motivo.
no-disputes = No espera ninguna reclamación.
disputes-more =
    { $count ->
        [one] Detrás espera una más.
       *[other] Detrás esperan { $count } más.
    }
told-stands-title = Tu puesto se queda así
told-stands = Alguien de moderación que no participa en { $challenge } miró tu puesto. Se queda así:
told-stands-parted = Toda la moderación tiene parte en { $challenge }, así que miró tu puesto quien menos tiene. Se queda así:
told-corrected-parted = Toda la moderación tiene parte en { $challenge }, así que miró tu puesto quien menos tiene, y lo corrigió:
told-corrected-title = Tu puesto está corregido
told-corrected = Alguien de moderación que no participa en { $challenge } miró tu puesto y lo corrigió:
told-place = Ahora tienes { $counted }.

# El final.
thanks = Así fue { $challenge }
together =
    { $people ->
        [one] { $people } persona marcó { $days ->
            [one] { $days } día
           *[other] { $days } días
        }. Gracias.
       *[other] { $people } personas marcaron { $days ->
            [one] { $days } día
           *[other] { $days } días
        } en total. Gracias por cada uno de ellos.
    }
nobody = Esta vez nadie marcó un día. Gracias a quienes se apuntaron y se asomaron.
podium =
    { $count ->
        [one] Y quien llegó más lejos fue:
       *[other] Y quienes llegaron más lejos fueron:
    }
honour-finished =
    { $count ->
        [one] Llegó hasta el final
       *[other] Llegaron hasta el final: { $count }
    }
honour-streak =
    { $count ->
        [one] La racha más larga, { $best } días seguidos
       *[other] Las rachas más largas, { $best } días seguidos
    }
honour-newcomer =
    { $count ->
        [one] Por primera vez en un reto
       *[other] Por primera vez en un reto: { $count }
    }
people = { $people }
people-more =
    { $count ->
        [one] { $people } y una persona más
       *[other] { $people } y { $count } personas más
    }
reward = Lo prometido por llegar hasta el final
badges = El podio y quienes llegaron hasta el final se han ganado una insignia.
over = { $challenge } ha terminado
thanked-in = Damos las gracias en { $wall }. Este hilo se cierra ahora; el marcador se queda arriba.

refused-gone = Este marcador ya no está. /challenge board muestra los que hay.
refused-none = Aún no hay ningún marcador. Aparece uno en cuanto empieza un reto.
refused-not-ended = Aún no hay resultado, así que no hay nada que reclamar. Si falta un día tuyo, pregunta a moderación.
refused-over = Los puestos se pueden reclamar durante 48 horas tras el final, y ya pasaron. Si aún importa, habla con moderación.
refused-not-yours = Solo quien participó puede reclamar un puesto, y solo el suyo.
refused-waiting = Lo que dijiste antes aún espera respuesta. Te avisamos en cuanto llegue.
refused-enough =
    { $most ->
        [one] Ya tienes tu respuesta, y solo hay una. Si aún importa, habla con moderación.
       *[other] Ya has tenido { $most } respuestas, que son todas las que hay. Si aún importa, habla con moderación.
    }
refused-no-dispute = Esta reclamación ya no está.
refused-answered = Alguien ya respondió a esto. /challenge disputes muestra lo que aún espera.
refused-own = Esto va de tu propio puesto, así que responde otra persona.
refused-entrant = Participas en este reto, así que responde otra persona.
refused-own-yet = Se trata de tu propio puesto, así que responde otra persona. Si nadie puede, te toca a ti desde el { $until }: toda la moderación que Laurel conoce tiene parte en ello.
refused-entrant-yet = Participas en este reto, así que responde otra persona. Si nadie puede, te toca a ti desde el { $until }: toda la moderación que Laurel conoce tiene parte en ello.
refused-judged-yet = Decidiste sobre sus días, así que responde otra persona. Si nadie puede, te toca a ti desde el { $until }: toda la moderación que Laurel conoce tiene parte en ello.
refused-judged = Decidiste sobre días suyos, así que responde otra persona.
refused-days =
    { $most ->
        [one] El reto tiene un día. Elige 0 o 1.
       *[other] El reto tiene { $most } días. Elige un número hasta ahí.
    }
refused-streak = Nadie tiene más días seguidos que días que cuentan. Elige un número hasta { $most }.
refused-cap = Nadie puede tener más de { $most } puntos en este reto. Elige un número hasta ahí.
refused-same = Así está ya. Si es correcto, deja que se quede así.
