package eu.conpaas.console.internal.service;

import java.util.List;
import java.util.Locale;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.SashForm;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.api.LogName;
import eu.conpaas.api.LogPart;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.internal.ui.Words;
import eu.conpaas.console.model.Service;

/** The logs of all nodes: choose one, read its end, follow it, search in it. */
final class LogsPage extends ServicePage {
    private static final int LAST = 64 << 10;
    private static final int MOST = 1 << 20;
    private static final int PAUSE = 1000;
    private Table names;
    private Text text;
    private Text search;
    private Button follow;
    private LogName shown;
    private long next;
    private Job reading;
    private int nodes = -1;

    LogsPage(ServiceEditor editor) {
        super(editor, "logs");
    }

    @Override
    void build(Composite body, FormToolkit toolkit) {
        Composite bar = toolkit.createComposite(body);
        bar.setLayout(new GridLayout(4, false));
        bar.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        Button reload = toolkit.createButton(bar, Texts.of("logs.reload"), SWT.PUSH);
        reload.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> list()));
        follow = toolkit.createButton(bar, Texts.of("logs.follow"), SWT.CHECK);
        follow.setSelection(true);
        search = toolkit.createText(bar, "", SWT.SEARCH | SWT.BORDER | SWT.ICON_CANCEL);
        search.setMessage(Texts.of("logs.search"));
        search.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        search.addListener(SWT.DefaultSelection, e -> find());
        Button find = toolkit.createButton(bar, Texts.of("logs.find"), SWT.PUSH);
        find.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> find()));
        SashForm sash = new SashForm(body, SWT.HORIZONTAL);
        toolkit.adapt(sash);
        GridData fill = new GridData(SWT.FILL, SWT.FILL, true, true);
        fill.heightHint = 300;
        sash.setLayoutData(fill);
        names = toolkit.createTable(sash, SWT.BORDER | SWT.FULL_SELECTION | SWT.V_SCROLL | SWT.SINGLE);
        names.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> choose((LogName) e.item.getData())));
        text = new Text(sash, SWT.MULTI | SWT.BORDER | SWT.READ_ONLY | SWT.V_SCROLL | SWT.H_SCROLL);
        text.setFont(JFaceResources.getTextFont());
        sash.setWeights(new int[] {1, 3});
    }

    @Override
    void show(Service service, ServiceDescriptor type) {
        if (nodes != service.getNodes().size()) {
            nodes = service.getNodes().size();
            list();
        }
    }

    private void list() {
        with((service, director) -> {
            long sid = service.getSid();
            Work.quietly(names, Texts.of("logs.list"), m -> director.services().logs(sid, null), this::listed, this::problem);
        });
    }

    private void listed(List<LogName> logs) {
        names.removeAll();
        for (LogName log : logs) {
            TableItem item = new TableItem(names, SWT.NONE);
            item.setText(Texts.of("logs.name", log.node(), log.name(), Words.bytes(log.size())));
            item.setData(log);
            if (shown != null && log.node().equals(shown.node()) && log.name().equals(shown.name())) {
                names.setSelection(item);
            }
        }
        if (shown == null && !logs.isEmpty()) {
            names.select(0);
            choose(logs.getFirst());
        }
    }

    private void choose(LogName log) {
        shown = log;
        text.setText("");
        next = -LAST;
        read();
    }

    /** Reads what has been added; again after a while as long as the page is seen and the log followed. */
    private void read() {
        if (reading != null) {
            reading.cancel();
        }
        LogName log = shown;
        long from = next;
        with((service, director) -> {
            long sid = service.getSid();
            reading = Work.quietly(text, Texts.of("logs.list"),
                    m -> director.services().log(sid, log.node(), log.name().equals("node") ? null : log.name(), from, MOST), part -> {
                        if (log == shown) {
                            add(part);
                            text.getDisplay().timerExec(PAUSE, this::again);
                        }
                    }, this::problem);
        });
    }

    private void again() {
        if (!text.isDisposed() && shown != null) {
            if (follow.getSelection() && text.isVisible()) {
                read();
            } else {
                text.getDisplay().timerExec(PAUSE, this::again);
            }
        }
    }

    private void add(LogPart part) {
        next = part.next();
        if (part.text().isEmpty()) {
            return;
        }
        if (text.getCharCount() + part.text().length() > MOST) {
            text.setText(text.getText().substring(text.getCharCount() / 2));
        }
        text.append(part.text());
    }

    /** The next place that holds the words, from the cursor on, then from the beginning. */
    private void find() {
        String words = search.getText().toLowerCase(Locale.ROOT);
        String all = text.getText().toLowerCase(Locale.ROOT);
        if (words.isEmpty()) {
            return;
        }
        int at = all.indexOf(words, text.getSelection().y);
        if (at < 0) {
            at = all.indexOf(words);
        }
        if (at >= 0) {
            follow.setSelection(false);
            text.setSelection(at, at + words.length());
            text.showSelection();
            text.setFocus();
        }
    }
}
