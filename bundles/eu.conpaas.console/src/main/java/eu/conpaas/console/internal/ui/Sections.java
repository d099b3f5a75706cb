package eu.conpaas.console.internal.ui;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.ui.forms.widgets.ExpandableComposite;
import org.eclipse.ui.forms.widgets.FormToolkit;
import org.eclipse.ui.forms.widgets.Section;

/** Parts of a page, with headings. */
public final class Sections {
    private Sections() {
    }

    /** A section as wide as its parent; what it holds goes into the composite that is returned, whose parent is the section. */
    public static Composite in(Composite parent, FormToolkit toolkit, String title, int columns) {
        return in(parent, toolkit, title, null, columns, false);
    }

    /** @param grow whether it takes the height that is left */
    public static Composite in(Composite parent, FormToolkit toolkit, String title, String description, int columns, boolean grow) {
        Section section = toolkit.createSection(parent, ExpandableComposite.TITLE_BAR | (description == null ? 0 : Section.DESCRIPTION));
        section.setText(title);
        if (description != null) {
            section.setDescription(description);
        }
        section.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, grow));
        Composite client = toolkit.createComposite(section);
        client.setLayout(new GridLayout(columns, false));
        section.setClient(client);
        return client;
    }
}
