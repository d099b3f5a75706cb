package eu.conpaas.console.internal.workbench;

import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.ui.menus.WorkbenchWindowControlContribution;

import eu.conpaas.api.Credit;
import eu.conpaas.console.internal.ConsoleSession;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Icons;
import eu.conpaas.console.internal.ui.Watch;
import eu.conpaas.console.internal.ui.Words;
import eu.conpaas.console.model.Site;

/** The credits, always in sight: what is left, what an hour costs now, until when it lasts. */
public final class CreditControl extends WorkbenchWindowControlContribution {
    private static final int WIDTH = 190;

    @Override
    protected Control createControl(Composite parent) {
        Composite all = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(2).margins(4, 2).applyTo(all);
        new Label(all, SWT.NONE).setImage(Icons.image("credit"));
        Label text = new Label(all, SWT.RIGHT);
        GridData data = new GridData(SWT.FILL, SWT.CENTER, true, true);
        data.widthHint = WIDTH;
        text.setLayoutData(data);
        text.setData("org.eclipse.swtbot.widget.key", "credit");
        Watch.on(ConsoleSession.get().sites(), all, () -> show(text));
        show(text);
        return all;
    }

    private static void show(Label text) {
        StringBuilder line = new StringBuilder();
        StringBuilder more = new StringBuilder();
        for (Site site : ConsoleSession.get().sites().getSites()) {
            Credit credit = site.getCredit();
            if (credit != null) {
                line.append(line.isEmpty() ? "" : "   ").append(several() ? site.getName() + ": " : "")
                        .append(Texts.of("credit.line", credit.credit(), credit.perHour()));
                more.append(more.isEmpty() ? "" : "\n").append(Texts.of("credit.more", site.getName(), credit.credit(), credit.held(), credit.perHour(),
                        credit.emptyAt() == null ? Texts.of("credit.forever") : Words.time(credit.emptyAt())));
            }
        }
        text.setText(line.isEmpty() ? Texts.of("credit.unknown") : line.toString());
        text.setToolTipText(more.toString());
    }

    private static boolean several() {
        return ConsoleSession.get().sites().getSites().stream().filter(s -> s.getCredit() != null).count() > 1;
    }
}
