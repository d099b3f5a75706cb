package eu.conpaas.console.internal.wizard;

import java.util.List;

import org.eclipse.jface.wizard.Wizard;
import org.eclipse.ui.PlatformUI;

import eu.conpaas.api.Accepted;
import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Parts;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.model.Application;
import eu.conpaas.console.model.Find;
import eu.conpaas.console.model.Site;

/** Makes a service: its type, its cloud, its name. */
public final class NewServiceWizard extends Wizard {
    private static final int TRIES = 50;
    private static final int MOMENT = 100;
    private final Application application;
    private final TypePage page;

    public NewServiceWizard(Application application) {
        this.application = application;
        Site site = application.getSite();
        this.page = new TypePage(site.getTypes(), List.copyOf(site.getClouds()), application.getName(), ConsoleSession.get().director(site), application.getAid());
        setWindowTitle(Texts.of("newService.title"));
    }

    @Override
    public void addPages() {
        addPage(page);
    }

    /** The window closes at once; the rest is seen in the navigator and under Operations. */
    @Override
    public boolean performFinish() {
        String type = page.type().id();
        String cloud = page.cloud();
        String name = page.serviceName();
        long aid = application.getAid();
        Site site = application.getSite();
        var window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
        ConsoleSession.get().director(site).ifPresent(director -> Work.start(window.getShell(), Texts.of("newService.title"),
                m -> director.services().create(aid, type, cloud, name), made -> open(site, made, TRIES), e -> Problems.show(window.getShell(), Texts.of("newService.title"), e)));
        return true;
    }

    /** The event that tells of the service may be a moment behind the answer. */
    private static void open(Site site, Accepted made, int tries) {
        var window = PlatformUI.getWorkbench().getActiveWorkbenchWindow();
        Find.service(site, made.operation().sid()).ifPresentOrElse(s -> Parts.open(window.getActivePage(), s), () -> {
            if (tries > 0) {
                window.getShell().getDisplay().timerExec(MOMENT, () -> open(site, made, tries - 1));
            }
        });
    }
}
