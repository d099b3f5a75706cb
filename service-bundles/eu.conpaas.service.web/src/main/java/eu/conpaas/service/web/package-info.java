/** What web hosting services have in common: releases of code, proxies, static files, the order in which all of it changes. */
package eu.conpaas.service.web;
