package eu.conpaas.service.web.doc;

/**
 * What the copy of the session store follows.
 *
 * @param manager  id of the manager's node; another one means another store, even at the same address
 * @param address  of the store
 * @param password of store and copy
 */
public record SessionsDoc(String manager, String address, String password) {
}
