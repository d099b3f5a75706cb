<?php
// a file of a form, or the body as it is
$in = isset($_FILES['file']) ? $_FILES['file']['tmp_name'] : 'php://input';
$error = $_FILES['file']['error'] ?? 0;
if ($error !== 0) {
    http_response_code(400);
    exit("error=$error\n");
}
$hash = hash_init('sha256');
$size = hash_update_stream($hash, fopen($in, 'rb'));
echo "size=$size sha256=", hash_final($hash), "\nEND\n";
