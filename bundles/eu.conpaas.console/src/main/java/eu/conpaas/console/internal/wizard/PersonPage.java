package eu.conpaas.console.internal.wizard;

import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;

import eu.conpaas.console.internal.Texts;

/** Who signs in. The password is sent once and kept nowhere. */
final class PersonPage extends WizardPage {
    private Text user;
    private Text password;

    PersonPage() {
        super("person", Texts.of("signIn.title"), null);
        setDescription(Texts.of("signIn.person.message"));
        setPageComplete(false);
    }

    @Override
    public void createControl(Composite parent) {
        Composite all = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(2).applyTo(all);
        user = field(all, "signIn.user", SWT.NONE);
        password = field(all, "signIn.password", SWT.PASSWORD);
        setControl(all);
    }

    private Text field(Composite all, String key, int style) {
        new Label(all, SWT.NONE).setText(Texts.of(key));
        Text text = new Text(all, SWT.BORDER | style);
        text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        text.addModifyListener(e -> setPageComplete(!user.getText().isBlank() && !password.getText().isEmpty()));
        return text;
    }

    String user() {
        return user.getText().strip();
    }

    String password() {
        return password.getText();
    }
}
