<?php
return '@VERSION@';
