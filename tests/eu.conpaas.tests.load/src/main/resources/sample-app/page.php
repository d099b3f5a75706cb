<?php
// page.php?name=X reads data/X; with text=Y it writes it first: data is a persistent path
$file = __DIR__ . '/data/' . basename($_REQUEST['name'] ?? 'page');
if (isset($_REQUEST['text'])) {
    if (file_put_contents($file . '.new', $_REQUEST['text']) === false || !rename($file . '.new', $file)) {
        http_response_code(500);
    }
}
echo 'address=', $_SERVER['SERVER_ADDR'] ?? '', ' text=', is_file($file) ? file_get_contents($file) : '', "\nEND\n";
