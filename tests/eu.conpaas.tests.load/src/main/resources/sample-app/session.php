<?php
session_start();
$_SESSION['n'] = ($_SESSION['n'] ?? 0) + 1;
echo 'n=', $_SESSION['n'], ' host=', gethostname(), ' address=', $_SERVER['SERVER_ADDR'] ?? '', "\n";
