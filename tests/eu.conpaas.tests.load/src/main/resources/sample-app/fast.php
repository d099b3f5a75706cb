<?php
// works for ms milliseconds (5 unless told)
require 'head.php';
$until = hrtime(true) + 1e6 * min(1000, (float) ($_GET['ms'] ?? 5));
for ($hash = ''; hrtime(true) < $until;) $hash = md5($hash);
require 'foot.php';
