import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.emf.codegen.ecore.generator.Generator;
import org.eclipse.emf.codegen.ecore.genmodel.GenJDKLevel;
import org.eclipse.emf.codegen.ecore.genmodel.GenModel;
import org.eclipse.emf.codegen.ecore.genmodel.GenModelFactory;
import org.eclipse.emf.codegen.ecore.genmodel.GenModelPackage;
import org.eclipse.emf.codegen.ecore.genmodel.generator.GenBaseGeneratorAdapter;
import org.eclipse.emf.codegen.ecore.genmodel.generator.GenModelGeneratorAdapterFactory;
import org.eclipse.emf.common.util.BasicMonitor;
import org.eclipse.emf.common.util.Diagnostic;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EPackage;
import org.eclipse.emf.ecore.plugin.EcorePlugin;
import org.eclipse.emf.ecore.resource.Resource;
import org.eclipse.emf.ecore.resource.ResourceSet;
import org.eclipse.emf.ecore.resource.impl.ResourceSetImpl;
import org.eclipse.emf.ecore.xmi.impl.EcoreResourceFactoryImpl;

/**
 * Makes the Java code of an Ecore model: interfaces and implementations, nothing else of what EMF could make.
 *
 * <p>Usage: {@code java GenerateModel.java MODEL.ecore BASE_PACKAGE OUT}; EMF's code generator is on the class path. OUT is made
 * anew when the model is newer than it.
 */
class GenerateModel {
    public static void main(String[] args) throws IOException {
        Path model = Path.of(args[0]).toAbsolutePath();
        Path out = Path.of(args[2]).toAbsolutePath();
        Path done = out.resolveSibling(out.getFileName() + ".done");
        String wanted = Files.readString(model);
        if (Files.exists(done) && Files.readString(done).equals(wanted)) {
            return;
        }
        Path scratch = out.resolveSibling(out.getFileName() + ".scratch");
        delete(scratch);
        delete(out);
        generate(model, args[1], Files.createDirectories(scratch));
        Files.move(scratch.resolve("src"), out);
        delete(scratch);
        Files.writeString(done, wanted);
    }

    private static void generate(Path model, String base, Path scratch) {
        ResourceSet set = new ResourceSetImpl();
        set.getResourceFactoryRegistry().getExtensionToFactoryMap().put("ecore", new EcoreResourceFactoryImpl());
        set.getPackageRegistry().put(GenModelPackage.eNS_URI, GenModelPackage.eINSTANCE);
        Resource resource = set.getResource(URI.createFileURI(model.toString()), true);
        EPackage root = (EPackage) resource.getContents().getFirst();
        // the generator writes to "projects"; this one's place is the scratch folder
        EcorePlugin.getPlatformResourceMap().put("model", URI.createFileURI(scratch + "/"));

        GenModel gen = GenModelFactory.eINSTANCE.createGenModel();
        gen.setComplianceLevel(GenJDKLevel.JDK210_LITERAL);
        gen.setModelDirectory("/model/src");
        gen.setModelPluginID("model");
        gen.setModelName(root.getName());
        gen.setRootExtendsClass("org.eclipse.emf.ecore.impl.MinimalEObjectImpl$Container");
        gen.setSuppressGenModelAnnotations(true);
        gen.setSuppressInterfaces(false);
        gen.setOperationReflection(false);
        gen.setBundleManifest(false);
        gen.setCopyrightText("");
        gen.setNonNLSMarkers(false);
        gen.initialize(List.of(root));
        gen.getGenPackages().getFirst().setBasePackage(base);
        gen.getGenPackages().getFirst().setClassPackageSuffix("internal");
        gen.getGenPackages().getFirst().setAdapterFactory(false);
        gen.setCanGenerate(true);

        Generator generator = new Generator();
        generator.getAdapterFactoryDescriptorRegistry().addDescriptor(GenModelPackage.eNS_URI, GenModelGeneratorAdapterFactory.DESCRIPTOR);
        generator.setInput(gen);
        Diagnostic outcome = generator.generate(gen, GenBaseGeneratorAdapter.MODEL_PROJECT_TYPE, new BasicMonitor());
        if (outcome.getSeverity() == Diagnostic.ERROR) {
            throw new IllegalStateException(outcome.getMessage() + ": " + outcome.getChildren());
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> walk = Files.walk(path)) {
                for (Path each : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
