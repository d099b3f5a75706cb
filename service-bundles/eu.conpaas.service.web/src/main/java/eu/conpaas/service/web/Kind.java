package eu.conpaas.service.web;

import java.util.Set;

/**
 * What one web hosting service calls the things that all of them have.
 *
 * @param id        the service type
 * @param engine    what runs applications, as users know it
 * @param configure name of the method that makes a version active or changes settings
 * @param settings  name of its argument that holds settings
 * @param setting   name of the method that changes one setting
 * @param busy      name of the figure that tells how many requests backends are answering
 * @param outside   settings that engines are not told, so that changing one starts no new ones
 * @param reserved  regular expression of the variables that engines use themselves, which applications cannot set
 */
public record Kind(String id, String engine, String configure, String settings, String setting, String busy, Set<String> outside,
        String reserved) {
}
