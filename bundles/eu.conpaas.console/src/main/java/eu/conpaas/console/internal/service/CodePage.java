package eu.conpaas.console.internal.service;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ColumnLabelProvider;
import org.eclipse.jface.viewers.TableViewer;
import org.eclipse.jface.viewers.TableViewerColumn;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.ui.forms.widgets.FormToolkit;

import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.FileDrop;
import eu.conpaas.console.internal.ui.Icons;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Sections;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.internal.ui.Words;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.change.TypeCalls;

/** The versions of the application's code: upload (or drop) one, lead users to it, go back, fetch it, throw it away. */
final class CodePage extends ServicePage {
    private static final int WIDTH = 400;
    private static final int HEIGHT = 160;
    private TableViewer versions;
    private Button activate;
    private Button back;
    private Button download;
    private Button delete;
    private String active;
    private String previous;

    CodePage(ServiceEditor editor) {
        super(editor, "code");
    }

    @Override
    void build(Composite body, FormToolkit toolkit) {
        Composite buttons = toolkit.createComposite(body);
        buttons.setLayout(new RowLayout());
        button(toolkit, buttons, "code.upload", this::uploadFile).setImage(Icons.image("upload"));
        button(toolkit, buttons, "code.uploadFolder", this::uploadFolder);
        activate = button(toolkit, buttons, "code.activate", () -> selected().ifPresent(v -> activate(v.id())));
        back = button(toolkit, buttons, "code.back", () -> activate(previous));
        download = button(toolkit, buttons, "code.download", () -> selected().ifPresent(this::download));
        delete = button(toolkit, buttons, "code.delete", () -> selected().ifPresent(this::delete));
        Composite table = Sections.in(body, toolkit, Texts.of("code.versions"), Texts.of("code.help"), 1, true);
        versions = new TableViewer(table, SWT.BORDER | SWT.FULL_SELECTION | SWT.V_SCROLL);
        GridData data = new GridData(SWT.FILL, SWT.FILL, true, true);
        data.widthHint = WIDTH;
        data.heightHint = HEIGHT;
        versions.getTable().setLayoutData(data);
        versions.getTable().setHeaderVisible(true);
        column("code.column.state", 110, v -> v.id().equals(active) ? Texts.of("code.active") : v.id().equals(previous) ? Texts.of("code.previous") : "", true);
        column("code.column.id", 130, CodeVersion::id, false);
        column("code.column.file", 240, CodeVersion::filename, false);
        column("code.column.description", 260, v -> v.description() == null ? "" : v.description(), false);
        column("code.column.size", 80, v -> Words.bytes(v.size()), false);
        column("code.column.time", 150, v -> Words.time(v.time()), false);
        versions.setContentProvider(ArrayContentProvider.getInstance());
        versions.addSelectionChangedListener(e -> buttons());
        versions.addDoubleClickListener(e -> selected().filter(v -> !v.id().equals(active)).ifPresent(v -> activate(v.id())));
        FileDrop.on(versions.getTable(), this::upload);
        FileDrop.on(form().getBody(), this::upload);
    }

    private static Button button(FormToolkit toolkit, Composite parent, String text, Runnable action) {
        Button button = toolkit.createButton(parent, Texts.of(text), SWT.PUSH);
        button.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> action.run()));
        return button;
    }

    private void column(String key, int width, Function<CodeVersion, String> text, boolean mark) {
        TableViewerColumn column = new TableViewerColumn(versions, SWT.NONE);
        column.getColumn().setText(Texts.of(key));
        column.getColumn().setWidth(width);
        column.setLabelProvider(new ColumnLabelProvider() {
            @Override
            public String getText(Object element) {
                return text.apply((CodeVersion) element);
            }

            @Override
            public Image getImage(Object element) {
                return mark && ((CodeVersion) element).id().equals(active) ? Icons.image("active") : null;
            }
        });
    }

    @Override
    void show(Service service, ServiceDescriptor type) {
        active = service.getDesired() == null ? null : service.getDesired().codeVersion();
        previous = service.getDesired() == null ? null : service.getDesired().previousCode();
        var selection = versions.getSelection();
        versions.setInput(service.getVersions().toArray());
        versions.setSelection(selection);
        buttons();
    }

    private Optional<CodeVersion> selected() {
        return Optional.ofNullable((CodeVersion) versions.getStructuredSelection().getFirstElement());
    }

    private void buttons() {
        boolean other = selected().isPresent() && !selected().get().id().equals(active);
        activate.setEnabled(other);
        delete.setEnabled(other);
        download.setEnabled(selected().isPresent());
        back.setEnabled(previous != null && editor().service().map(s -> s.getVersions().stream().anyMatch(v -> v.id().equals(previous))).orElse(false));
    }

    private void uploadFile() {
        FileDialog dialog = new FileDialog(form().getShell(), SWT.OPEN);
        dialog.setText(Texts.of("code.upload.choose"));
        String chosen = dialog.open();
        if (chosen != null) {
            upload(Path.of(chosen));
        }
    }

    private void uploadFolder() {
        DirectoryDialog dialog = new DirectoryDialog(form().getShell(), SWT.OPEN);
        dialog.setText(Texts.of("code.upload.choose"));
        String chosen = dialog.open();
        if (chosen != null) {
            upload(Path.of(chosen));
        }
    }

    private void upload(Path path) {
        with((service, director) -> CodeUpload.start(versions.getTable(), service, path));
    }

    private void activate(String version) {
        with((service, director) -> editor().type().flatMap(t -> new TypeCalls(t).activate(service.getSid(), version))
                .ifPresentOrElse(change -> offer(change, () -> { }), () -> form().setMessage(Texts.of("code.cannot"), IMessageProvider.WARNING)));
    }

    private void download(CodeVersion version) {
        FileDialog dialog = new FileDialog(form().getShell(), SWT.SAVE);
        dialog.setFileName(version.filename());
        dialog.setOverwrite(true);
        String chosen = dialog.open();
        if (chosen != null) {
            with((service, director) -> {
                long sid = service.getSid();
                Work.start(versions.getTable(), Texts.of("code.downloading", version.id()), m -> {
                    director.services().downloadVersion(sid, version.id(), Path.of(chosen), (done, total) -> { });
                    return chosen;
                }, file -> form().setMessage(Texts.of("code.downloaded", file), IMessageProvider.INFORMATION), this::problem);
            });
        }
    }

    private void delete(CodeVersion version) {
        with((service, director) -> {
            if (org.eclipse.jface.dialogs.MessageDialog.openConfirm(form().getShell(), Texts.of("code.delete.title", version.id()),
                    Texts.of("code.delete.question", version.filename(), version.id()))) {
                long sid = service.getSid();
                Work.start(versions.getTable(), Texts.of("code.delete.title", version.id()), m -> {
                    director.services().deleteVersion(sid, version.id());
                    return sid;
                }, done -> Problems.clear(form()), this::problem);
            }
        });
    }
}
