package eu.conpaas.console.internal.service;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;

import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.ParamSpec;
import eu.conpaas.client.Director;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.ChangeDialog;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.model.Service;
import eu.conpaas.console.model.change.Actions;
import eu.conpaas.console.model.change.ServiceChange;
import eu.conpaas.rpc.Json;

/** Asks for what an action needs, has it done, and shows the answer. Blocks nothing else. */
final class ActionDialog extends TitleAreaDialog {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 180;
    private final Director director;
    private final long sid;
    private final String name;
    private final MethodSpec method;
    private final Map<ParamSpec, Text> fields = new LinkedHashMap<>();
    private Text answer;

    private ActionDialog(Shell parent, Director director, Service service, MethodSpec method) {
        super(parent);
        this.director = director;
        this.sid = service.getSid();
        this.name = service.getName();
        this.method = method;
        setShellStyle(SWT.DIALOG_TRIM | SWT.RESIZE | SWT.MODELESS);
        setBlockOnOpen(false);
    }

    static void open(Shell parent, Director director, Service service, MethodSpec method) {
        new ActionDialog(parent, director, service, method).open();
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        Composite area = (Composite) super.createDialogArea(parent);
        getShell().setText(name);
        setTitle(ActionsPage.title(method));
        setMessage(method.help());
        Composite all = new Composite(area, SWT.NONE);
        all.setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, true));
        GridLayoutFactory.swtDefaults().numColumns(3).margins(10, 10).applyTo(all);
        Actions.questions(method).forEach(p -> field(all, p));
        answer = new Text(all, SWT.MULTI | SWT.READ_ONLY | SWT.BORDER | SWT.V_SCROLL | SWT.H_SCROLL);
        answer.setFont(JFaceResources.getTextFont());
        GridData data = new GridData(SWT.FILL, SWT.FILL, true, true, 3, 1);
        data.widthHint = WIDTH;
        data.heightHint = HEIGHT;
        answer.setLayoutData(data);
        if (fields.isEmpty() && !isChange() && !method.answersFile()) {
            area.getDisplay().asyncExec(this::okPressed);
        }
        return area;
    }

    private void field(Composite all, ParamSpec parameter) {
        new Label(all, SWT.NONE).setText(parameter.name().replace('_', ' ') + (parameter.required() ? " *" : ""));
        Text text = new Text(all, SWT.BORDER | (parameter.secret() ? SWT.PASSWORD : SWT.NONE));
        text.setToolTipText(parameter.help());
        text.setMessage(parameter.defaultValue() != null ? parameter.defaultValue() : parameter.help() == null ? "" : parameter.help());
        boolean file = parameter.type().equals("file");
        text.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, file ? 1 : 2, 1));
        if (file) {
            Button choose = new Button(all, SWT.PUSH);
            choose.setText(Texts.of("actions.choose"));
            choose.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> Optional.ofNullable(new FileDialog(getShell(), SWT.OPEN).open()).ifPresent(text::setText)));
        }
        fields.put(parameter, text);
    }

    private boolean isChange() {
        return method.kind().equals("change");
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        createButton(parent, IDialogConstants.OK_ID, Texts.of(isChange() ? "actions.plan" : "actions.run"), true);
        createButton(parent, IDialogConstants.CANCEL_ID, Texts.of("button.close"), false);
    }

    @Override
    protected void okPressed() {
        Map<String, String> answers = new LinkedHashMap<>();
        fields.forEach((parameter, text) -> answers.put(parameter.name(), text.getText()));
        Optional<ParamSpec> missing = fields.keySet().stream().filter(p -> p.required() && answers.get(p.name()).isEmpty()).findFirst();
        if (missing.isPresent()) {
            setErrorMessage(Texts.of("actions.missing", missing.get().name().replace('_', ' ')));
            fields.get(missing.get()).setFocus();
            return;
        }
        setErrorMessage(null);
        Map<String, Object> parameters = Actions.parameters(method, answers);
        Optional<ParamSpec> file = fields.keySet().stream().filter(p -> p.type().equals("file") && !answers.get(p.name()).isEmpty()).findFirst();
        if (isChange() && file.isEmpty()) {
            ChangeDialog.open(getShell().getParent().getShell(), director, ServiceChange.of("action", sid, method.name(), parameters), name, this::close);
            return;
        }
        String target = method.answersFile() ? new FileDialog(getShell(), SWT.SAVE).open() : "";
        if (target != null) {
            run(m -> call(parameters, file.orElse(null), answers, target, m));
        }
    }

    private String call(Map<String, Object> parameters, ParamSpec file, Map<String, String> answers, String target, IProgressMonitor monitor) {
        if (method.answersFile()) {
            director.services().download(sid, method.name(), parameters, Path.of(target), (done, total) -> { });
            return Texts.of("code.downloaded", target);
        }
        if (file == null) {
            return text(director.services().call(sid, method.name(), parameters));
        }
        Path path = Path.of(answers.get(file.name()));
        if (isChange()) {
            director.services().change(sid, method.name(), parameters, file.name(), path, false, true);
            return Texts.of("actions.begun");
        }
        return text(director.services().upload(sid, method.name(), parameters, file.name(), path, (done, total) -> { }));
    }

    private static String text(JsonNode node) {
        JsonNode only = node.isObject() && node.size() == 1 ? node.properties().iterator().next().getValue() : node;
        return only.isTextual() ? only.asText() : Json.pretty(only);
    }

    private void run(Work.Task<String> task) {
        getButton(IDialogConstants.OK_ID).setEnabled(false);
        setMessage(Texts.of("actions.running"), IMessageProvider.INFORMATION);
        Work.start(answer, ActionsPage.title(method), task, text -> {
            answer.setText(text);
            setMessage(method.help());
            getButton(IDialogConstants.OK_ID).setEnabled(true);
        }, e -> {
            setMessage(method.help());
            setErrorMessage(Problems.oneLine(e));
            getButton(IDialogConstants.OK_ID).setEnabled(true);
        });
    }
}
