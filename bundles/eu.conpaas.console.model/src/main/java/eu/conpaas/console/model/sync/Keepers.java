package eu.conpaas.console.model.sync;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import eu.conpaas.api.ApiException;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Link;
import eu.conpaas.console.model.ModelFactory;
import eu.conpaas.console.model.Site;
import eu.conpaas.console.model.Sites;
import eu.conpaas.console.model.site.SavedSite;

/** The models of all directors that one person has saved. Its methods are called in the model's realm. */
public final class Keepers implements AutoCloseable {
    private final Sites sites = ModelFactory.eINSTANCE.createSites();
    private final Map<String, SiteKeeper> keepers = new ConcurrentHashMap<>();
    private final Executor realm;

    /** @param realm see {@link SiteKeeper#SiteKeeper} */
    public Keepers(Executor realm) {
        this.realm = realm;
    }

    /** The model's root. */
    public Sites sites() {
        return sites;
    }

    /** Shows saved connections and begins to follow each; one that is shown already is opened anew. */
    public void open(List<SavedSite> saved) {
        saved.forEach(this::open);
    }

    public Site open(SavedSite saved) {
        Site site = Find.site(sites, saved.id()).orElseGet(ModelFactory.eINSTANCE::createSite);
        close(site);
        site.setId(saved.id());
        site.setName(saved.name());
        site.setUrl(saved.url());
        site.setUser(saved.user());
        if (site.eContainer() == null) {
            sites.getSites().add(site);
        }
        try {
            SiteKeeper keeper = new SiteKeeper(site, saved.connection().director(), realm);
            keepers.put(saved.id(), keeper);
            keeper.open();
        } catch (ApiException e) {
            site.setLink(Link.REFUSED);
            site.setProblem(e.error());
        }
        return site;
    }

    /** The keeper of the site an object belongs to; empty if it is closed or the object has been taken out of the model. */
    public Optional<SiteKeeper> keeper(org.eclipse.emf.ecore.EObject object) {
        return Find.siteOf(object).map(s -> keepers.get(s.getId()));
    }

    /** Stops following; the site stays in the model. */
    public void close(Site site) {
        SiteKeeper keeper = site.getId() == null ? null : keepers.remove(site.getId());
        if (keeper != null) {
            keeper.close();
        }
    }

    /** Stops following and takes the site out of the model. */
    public void remove(Site site) {
        close(site);
        sites.getSites().remove(site);
    }

    @Override
    public void close() {
        keepers.values().forEach(SiteKeeper::close);
        keepers.clear();
    }
}
