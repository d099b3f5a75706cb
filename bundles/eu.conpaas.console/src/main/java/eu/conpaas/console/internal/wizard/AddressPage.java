package eu.conpaas.console.internal.wizard;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.model.site.SignIn;

/** Where the director is, and whether it is the right one. */
final class AddressPage extends WizardPage {
    private Text url;
    private Text name;
    private Text fingerprint;
    private Button accept;
    private SignIn.Offer shown;

    AddressPage() {
        super("address", Texts.of("signIn.title"), null);
        setDescription(Texts.of("signIn.address.message"));
        setPageComplete(false);
    }

    @Override
    public void createControl(Composite parent) {
        Composite all = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(3).applyTo(all);
        new Label(all, SWT.NONE).setText(Texts.of("signIn.url"));
        url = new Text(all, SWT.BORDER);
        url.setMessage("https://director.example.org:5555");
        url.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        url.addModifyListener(e -> forget());
        url.addListener(SWT.DefaultSelection, e -> ((SignInWizard) getWizard()).look());
        Button look = new Button(all, SWT.PUSH);
        look.setText(Texts.of("signIn.look"));
        look.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> ((SignInWizard) getWizard()).look()));
        new Label(all, SWT.NONE).setText(Texts.of("signIn.name"));
        name = new Text(all, SWT.BORDER);
        name.setMessage(Texts.of("signIn.name.message"));
        name.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        new Label(all, SWT.NONE).setText(Texts.of("signIn.fingerprint"));
        fingerprint = new Text(all, SWT.BORDER | SWT.READ_ONLY | SWT.MULTI | SWT.WRAP);
        fingerprint.setFont(JFaceResources.getTextFont());
        GridData data = new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1);
        data.widthHint = 420;
        data.heightHint = 60;
        fingerprint.setLayoutData(data);
        new Label(all, SWT.NONE);
        accept = new Button(all, SWT.CHECK);
        accept.setText(Texts.of("signIn.accept"));
        accept.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        accept.setEnabled(false);
        accept.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> setPageComplete(isAccepted())));
        setControl(all);
    }

    private void forget() {
        shown = null;
        fingerprint.setText("");
        accept.setSelection(false);
        accept.setEnabled(false);
        setPageComplete(false);
    }

    void show(SignIn.Offer offer) {
        shown = offer;
        setErrorMessage(null);
        fingerprint.setText(offer.fingerprint());
        accept.setEnabled(true);
        accept.setSelection(offer.known());
        setMessage(Texts.of(offer.known() ? "signIn.known" : offer.changed() ? "signIn.changed" : "signIn.compare"),
                offer.changed() ? IMessageProvider.WARNING : IMessageProvider.INFORMATION);
        setPageComplete(isAccepted());
    }

    boolean isAccepted() {
        return shown != null && accept.getSelection();
    }

    String address() {
        return url.getText();
    }

    String siteName() {
        return name.getText();
    }
}
