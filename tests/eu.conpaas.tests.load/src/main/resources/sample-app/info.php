<?php
// what the application sees of the request and of its settings
header('Content-Type: application/json');
echo json_encode(['path_info' => $_SERVER['PATH_INFO'] ?? '', 'script' => $_SERVER['SCRIPT_NAME'], 'https' => $_SERVER['HTTPS'] ?? '',
    'host' => $_SERVER['HTTP_HOST'] ?? '', 'remote' => $_SERVER['REMOTE_ADDR'] ?? '', 'forwarded' => $_SERVER['HTTP_X_FORWARDED_FOR'] ?? '',
    'address' => $_SERVER['SERVER_ADDR'] ?? '', 'hostname' => gethostname(), 'version' => require __DIR__ . '/version.php',
    'env' => isset($_GET['env']) ? getenv($_GET['env']) : null, 'ini' => isset($_GET['ini']) ? ini_get($_GET['ini']) : null]);
