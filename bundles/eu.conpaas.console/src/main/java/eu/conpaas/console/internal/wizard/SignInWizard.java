package eu.conpaas.console.internal.wizard;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.Wizard;

import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.model.site.SavedSite;
import eu.conpaas.console.model.site.SignIn;

/** Connects to a director: its address, its fingerprint compared by the person, name and password; then the connection is saved. */
public final class SignInWizard extends Wizard {
    private final SignIn signIn = new SignIn(ConsoleSession.get().store());
    private final AddressPage address = new AddressPage();
    private final PersonPage person = new PersonPage();
    private SignIn.Offer offer;
    private boolean asking;

    public SignInWizard() {
        setWindowTitle(Texts.of("signIn.title"));
    }

    @Override
    public void addPages() {
        addPage(address);
        addPage(person);
    }

    /** Called by the first page when the person wants to go on. */
    void look() {
        if (asking) {
            return;
        }
        asking = true;
        address.setMessage(Texts.of("signIn.looking"), IMessageProvider.INFORMATION);
        String url = address.address();
        Work.quietly(getShell(), Texts.of("signIn.title"), m -> signIn.look(url), found -> {
            asking = false;
            offer = found;
            address.show(found);
        }, e -> {
            asking = false;
            address.setErrorMessage(Problems.oneLine(e));
        });
    }

    @Override
    public boolean canFinish() {
        return offer != null && address.isAccepted() && person.isPageComplete() && !asking;
    }

    /** Stays open until the director has said yes. */
    @Override
    public boolean performFinish() {
        asking = true;
        String name = address.siteName();
        String user = person.user();
        String password = person.password();
        SignIn.Offer accepted = offer;
        person.setErrorMessage(null);
        person.setMessage(Texts.of("signIn.signing"), IMessageProvider.INFORMATION);
        Work.quietly(getShell(), Texts.of("signIn.title"), m -> signIn.signIn(accepted, name, user, password), this::saved, e -> {
            asking = false;
            person.setErrorMessage(Problems.oneLine(e));
            getContainer().updateButtons();
        });
        return false;
    }

    private void saved(SavedSite site) {
        ConsoleSession.get().keepers().open(site);
        getShell().close();
    }
}
