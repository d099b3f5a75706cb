package eu.conpaas.console.internal.wizard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.events.SelectionListener;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;

import eu.conpaas.api.Plan;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.client.Director;
import eu.conpaas.console.internal.Texts;
import eu.conpaas.console.internal.ui.Icons;
import eu.conpaas.console.internal.ui.Problems;
import eu.conpaas.console.internal.ui.Work;
import eu.conpaas.console.internal.ui.Words;

/** Types by group, each with what it is for; cloud and name; what it will cost. */
final class TypePage extends WizardPage {
    private static final int HEIGHT = 220;
    private static final int WIDTH = 520;
    private final List<ServiceDescriptor> types;
    private final List<String> clouds;
    private final Optional<Director> director;
    private final long aid;
    private Tree tree;
    private Label description;
    private Combo cloud;
    private Text name;
    private Label cost;
    private Job asking;

    TypePage(List<ServiceDescriptor> types, List<String> clouds, String application, Optional<Director> director, long aid) {
        super("type", Texts.of("newService.title"), null);
        this.types = List.copyOf(types);
        this.clouds = clouds;
        this.director = director;
        this.aid = aid;
        setDescription(Texts.of("newService.message", application));
        setPageComplete(false);
    }

    @Override
    public void createControl(Composite parent) {
        Composite all = new Composite(parent, SWT.NONE);
        GridLayoutFactory.swtDefaults().numColumns(2).applyTo(all);
        tree = new Tree(all, SWT.BORDER | SWT.SINGLE);
        GridData high = new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1);
        high.heightHint = HEIGHT;
        high.widthHint = WIDTH;
        tree.setLayoutData(high);
        Map<String, List<ServiceDescriptor>> groups = new LinkedHashMap<>();
        types.forEach(t -> groups.computeIfAbsent(t.group(), g -> new ArrayList<>()).add(t));
        groups.forEach((group, members) -> {
            TreeItem head = new TreeItem(tree, SWT.NONE);
            head.setText(group);
            members.forEach(type -> {
                TreeItem item = new TreeItem(head, SWT.NONE);
                item.setText(type.title());
                item.setImage(Icons.image("service"));
                item.setData(type);
            });
            head.setExpanded(true);
        });
        tree.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> chosen()));
        description = new Label(all, SWT.WRAP);
        GridData wide = new GridData(SWT.FILL, SWT.TOP, true, false, 2, 1);
        wide.widthHint = WIDTH;
        wide.heightHint = 40;
        description.setLayoutData(wide);
        new Label(all, SWT.NONE).setText(Texts.of("newService.name"));
        name = new Text(all, SWT.BORDER);
        name.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        new Label(all, SWT.NONE).setText(Texts.of("newService.cloud"));
        cloud = new Combo(all, SWT.READ_ONLY);
        cloud.setItems(clouds.toArray(String[]::new));
        cloud.select(0);
        cloud.addSelectionListener(SelectionListener.widgetSelectedAdapter(e -> chosen()));
        cost = new Label(all, SWT.WRAP);
        cost.setLayoutData(new GridData(SWT.FILL, SWT.TOP, true, false, 2, 1));
        setControl(all);
    }

    private void chosen() {
        ServiceDescriptor type = type();
        setPageComplete(type != null);
        cost.setText("");
        setErrorMessage(null);
        if (type == null) {
            description.setText("");
            return;
        }
        description.setText(type.description() + (type.engine() == null ? "" : " (" + type.engine() + ")"));
        name.setMessage(Texts.of("newService.defaultName", type.title()));
        if (asking != null) {
            asking.cancel();
        }
        String where = cloud();
        director.ifPresent(d -> asking = Work.quietly(cost, Texts.of("change.asking"), m -> d.services().planCreate(aid, type.id(), where, null).plan(),
                this::planned, e -> setErrorMessage(Problems.oneLine(e))));
    }

    private void planned(Plan plan) {
        cost.setText(Texts.of("newService.cost", plan.creditsNow(), plan.creditsPerHour(), Words.duration(plan.seconds())));
        cost.requestLayout();
    }

    /** The type chosen, or null. */
    ServiceDescriptor type() {
        return tree.getSelectionCount() == 0 ? null : (ServiceDescriptor) tree.getSelection()[0].getData();
    }

    String cloud() {
        return cloud.getText().isEmpty() ? null : cloud.getText();
    }

    /** The name typed, or null. */
    String serviceName() {
        return name.getText().isBlank() ? null : name.getText().strip();
    }
}
