# Palabras que escriben los moderadores, con lugares entre llaves que Laurel completa.
# Qué falla en ellas, para quien escribe palabras y no código: dónde, qué, por qué y
# qué serviría. Las llaves y los ejemplos llegan como valores.

# Trozos seguidos, sin nada en medio.
passage = { $a }{ $b }{ $c }{ $d }{ $e }{ $f }{ $g }{ $h }
strong = **{ $words }**

# /template, para moderación: cambiar, ver y recuperar palabras propias.

edit =
    .help = Di con tus palabras lo que Laurel publica, y míralo antes
preview =
    .title = Ver las palabras
    .help = Mira lo que Laurel dice ahora, con los últimos 20 casos reales
    .which = Qué palabras
reset =
    .title = Palabras de Laurel
    .help = Vuelve a las palabras de Laurel, o a otras tuyas de antes
    .which = Qué palabras
write =
    .title = Con tus palabras
    .source = Lo que se va a decir
    .source-hint = Hasta 3000 caracteres. Laurel completa los nombres que van entre llaves dobles

overview = Con tus palabras
    .intro = Elige qué quieres decir de otra manera. Verás cómo queda antes que nadie, y nada cambia hasta que lo guardes.
    .language = Estas son las palabras de lo que se publica en { $language }. Cada idioma tiene las suyas.
language-name =
    { $tag ->
        [en] inglés
        [es] español
       *[other] { $tag }
    }
choose = Elige qué cambiar …
state-laurels = Con las palabras de Laurel. Se puede nombrar: { $names }
state-own = Con vuestras palabras. Se puede nombrar: { $names }
state-by = Con las palabras de { $member } ({ $when }). Se puede nombrar: { $names }

draft = { $which }: así quedaría
shown =
    { $count ->
        [one] Esto es lo que dice del único que hay. Solo lo ves tú.
       *[other] Esto es lo que dice de los últimos { $count }. Solo lo ves tú.
    }
made-up = Todavía no hay nada real con que mostrarlo, así que este ejemplo es inventado. Solo lo ves tú.
cut = Lo que es demasiado largo se corta aquí y acaba en puntos suspensivos. Una publicación puede tener hasta { $most } caracteres.
page-of = Página { $page } de { $pages }
newer = Más recientes
older = Anteriores
save = Guardar
change = Cambiar
again = Editar otra vez
drop = Descartar
dropped = Descartado. Todo se dice como antes.
saved = Guardado. Desde ahora, esto es lo que dice Laurel.
    .back = /template reset recupera lo que había antes.
restored = Desde ahora, Laurel lo dice con sus propias palabras.

findings =
    { $count ->
        [one] { $which }: hay algo que lo impide
       *[other] { $which }: hay { $count } cosas que lo impiden
    }
    .lines = { $lines }
    .kept = No se pierde nada: lo que escribiste se guarda un día y el formulario se abre con ello.
lacking = Sin { $names }, se perdería lo que se quería contar. Ponlo donde corresponda, por favor.

asked = Laurel volvería a decirlo como se ve abajo. Lo que decís ahora se guarda y se puede recuperar.
laurels = Laurel ya lo dice con sus propias palabras, como se ve abajo.
restore = Usar las palabras de Laurel
bring-back = Recuperar palabras de antes …
version = N.º { $number }, del { $day }
no-version = Estas palabras ya no están aquí. Son demasiado antiguas, o quien las escribió las hizo borrar. Elige otras, por favor.
other-language = El idioma de lo público cambió después de que empezaras, así que estas palabras quedarían en el idioma equivocado. Empieza de nuevo con /template edit, por favor.

overtaken = Alguien guardó otras palabras después de que empezaras, así que las tuyas no se guardaron encima.
    .kept = Las tuyas no se pierden. /template preview muestra lo que se dice ahora; todavía puedes poner las tuyas en su lugar.
overtaken-by = { $member } guardó otras palabras ({ $when }) después de que empezaras, así que las tuyas no se guardaron encima.
see-theirs = Ver lo que se dice ahora
mine = Seguir con las mías

unusable = Estas palabras no se pudieron componer.
unused = Las palabras propias de la comunidad no se pueden usar por ahora, así que Laurel lo dice con las suyas. Este es el motivo:
broken = { $which }: vuestras palabras no se pueden usar
    .next = Hasta que se arreglen, Laurel lo dice con las suyas, así que no se pierde nada. /template edit las abre; lo que lo impide se cuenta línea por línea.

refused-empty = Esta plantilla no tiene palabras, así que no habría nada que publicar. Escribe lo que debe decir.
refused-long = Esta plantilla tiene { $count } caracteres y el máximo es { $most }, porque debe caber en un mensaje. Acórtala, por favor.
refused-many = Esta plantilla tiene { $count } lugares entre llaves y el máximo es { $most }. Un bucle puede decir lo mismo de todos en un solo lugar.
refused-crowded = Hay más entre las llaves de lo que Laurel puede leer a tiempo. Usa menos nombres y condiciones; el máximo es { $most }.
refused-unseen = Línea { $line }: hay un carácter que nadie puede ver, { $found }. Esos caracteres pueden esconder cosas o dar la vuelta a las palabras. Vuelve a escribir este lugar.
refused-marks = Línea { $line }: una letra tiene más acentos de los que escribe ningún idioma. Vuelve a escribir este lugar.
refused-unclosed = Línea { $line }: “{ $found }” abre llaves que no se cierran, y Laurel no sabe dónde siguen las palabras. Pon { $wanted } detrás.
refused-stray = Línea { $line }: { $found } cierra llaves que nunca se abrieron. Bórralo, o pon { $wanted } donde empiezan.
refused-single = Línea { $line }: con llaves simples, “{ $found }” se publicaría tal cual. Para que se complete, escribe { $wanted }.
refused-comment = Línea { $line }: { $found } es para notas, y una plantilla solo tiene lo que debe decir. Bórralo; una nota está mejor en otro sitio.
refused-trim = Línea { $line }: dentro de “{ $found }” hay un signo que quita espacios. Laurel ordena solo los espacios y las líneas vacías, así que borra el signo.
refused-tag = Línea { $line }: una plantilla no sabe hacer “{ $found }”. Lo que sabe hacer es { $known }.
refused-tag-near = Línea { $line }: una plantilla no sabe hacer “{ $found }”. ¿Querías decir { $nearest }?
refused-open = Línea { $line }: “{ $found }” empieza aquí y no termina, así que Laurel no sabe hasta dónde llega. Pon { $wanted } donde deba terminar.
refused-unopened = Línea { $line }: “{ $found }” es parte de “{ $wanted }”, que no está abierto aquí. Bórralo, o pon “{ $wanted }” más arriba.
refused-block = Línea { $line }: hay { $count } caracteres entre dos llaves y el máximo es { $most }. Las palabras van fuera de las llaves; dentro solo hay un nombre.
refused-deep = Línea { $line }: “{ $found }” está dentro de demasiados otros para leerse con seguridad. Dilo en menos pasos.
refused-nested = Línea { $line }: este bucle está dentro de otro, y eso podría crecer sin fin. Nombra la lista entera y Laurel la escribe.
refused-sums = Línea { $line }: “{ $found }” parece una cuenta, y las plantillas no calculan. Usa un número que ya esté dado y pon los signos fuera de las llaves.
refused-index = Línea { $line }: los corchetes de “{ $found }” no significan nada aquí. Para una parte de algo, escribe un punto y su nombre.
refused-index-here = Línea { $line }: aquí no se hacen ni se separan listas. Para lo primero de una lista, escribe “|first” detrás de su nombre.
refused-character = Línea { $line }: entre llaves, { $found } no significa nada. Usa letras sencillas y comillas rectas.
refused-syntax = Línea { $line }: Laurel no puede leer “{ $found }”. Entre dos llaves hay un solo nombre, sin nada alrededor.
refused-call = Línea { $line }: las plantillas no pueden poner nada en marcha, así que detrás de un nombre no hay paréntesis. Deja solo el nombre.
refused-choice = Línea { $line }: una elección no cabe entre estas llaves. Escríbela como un “if” con su “endif”.
refused-test = Línea { $line }: “is” no significa nada aquí. Basta el nombre para preguntar si hay algo.
refused-compare-here = Línea { $line }: una comparación no tiene nada que mostrar. Ponla en un “if”.
refused-literal = Línea { $line }: las palabras y los números no necesitan llaves. Escríbelos como deben leerse.
refused-unknown = Línea { $line }: aquí nada se llama “{ $found }”, así que no se puede completar. Lo que hay: { $known }.
refused-unknown-near = Línea { $line }: aquí nada se llama “{ $found }”. ¿Querías decir { $nearest }?
refused-part = Línea { $line }: ahí no hay “{ $found }”. Lo que hay: { $known }.
refused-part-near = Línea { $line }: ahí no hay “{ $found }”. ¿Querías decir { $nearest }?
refused-no-parts = Línea { $line }: “{ $found }” no tiene partes, así que “{ $wanted }” no puede ir detrás. Deja solo el nombre.
refused-filter = Línea { $line }: “{ $found }” no puede ir detrás de una barra. Lo que puede: { $known }.
refused-filter-near = Línea { $line }: “{ $found }” no puede ir detrás de una barra. ¿Querías decir { $nearest }?
refused-argument = Línea { $line }: solo “join” lleva algo entre paréntesis. Es lo que va entre las entradas, entre comillas y de hasta { $most } caracteres.
refused-no-list = Línea { $line }: “{ $filter }” funciona con una lista, y “{ $found }” no lo es. Deja solo el nombre.
refused-word = Línea { $line }: “{ $found }” es una palabra para elegir y es igual en todos los idiomas. Compárala en un “if” y escribe allí tus propias palabras.
refused-record = Línea { $line }: “{ $found }” tiene varias partes. Di cuál es, con un punto delante: { $known }.
refused-many-records = Línea { $line }: “{ $found }” es una lista cuyas entradas tienen partes. Recórrela con un bucle y nómbralas allí: { $known }.
refused-list = Línea { $line }: un bucle recorre una lista, y “{ $found }” no lo es. Nómbralo sin bucle.
refused-loop = Línea { $line }: este bucle no se puede leer. Necesita un nombre nuevo, la palabra “in” y el nombre de una lista.
refused-loop-name = Línea { $line }: “{ $found }” no puede ser el nombre nuevo de un bucle. Elige uno que no se use, con minúsculas sencillas.
refused-compare = Línea { $line }: “{ $found }” no se puede comparar así. Los números van con números, y las palabras para elegir son iguales o no.
refused-bold = Línea { $line }: hay { $found } sin otro igual, y no queda claro hasta dónde llega la negrita. Pon otro donde termine.
refused-other = Línea { $line }: una plantilla no sabe hacer esto. Puede nombrar valores, elegir con “if” y recorrer una lista con “for”.
