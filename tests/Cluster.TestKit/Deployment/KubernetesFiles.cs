using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SearchCluster.TestKit.Deployment;

/// <summary>The objects of <c>deploy/kubernetes</c>, with anchors resolved.</summary>
public static class KubernetesFiles
{
    private const string Folder = "deploy/kubernetes";

    /// <summary>Reads the objects that the kustomization names, in its order.</summary>
    public static IReadOnlyList<KubernetesNode> Read() =>
        [.. Kustomization().List("resources").SelectMany(file => Documents($"{Folder}/{file.Text}"))];

    /// <summary>Reads the kustomization.</summary>
    public static KubernetesNode Kustomization() => Documents($"{Folder}/kustomization.yaml").Single();

    /// <summary>The files of the folder.</summary>
    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(RepositoryFiles.PathOf(Folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private static IEnumerable<KubernetesNode> Documents(string file)
    {
        var stream = new YamlStream();
        stream.Load(new MergingParser(new Parser(new StringReader(RepositoryFiles.Text(file)))));
        return stream.Documents.Select(document => new KubernetesNode(document.RootNode));
    }
}

/// <summary>A value of an object.</summary>
/// <param name="Node">The value in the file.</param>
public sealed record KubernetesNode(YamlNode Node)
{
    public string Text => ((YamlScalarNode)Node).Value!;

    /// <summary>Finds a value by names of mappings and numbers of lists, from outside to inside.</summary>
    public KubernetesNode this[params object[] path] => path.Aggregate(this, (node, step) => new KubernetesNode(
        step is int index ? ((YamlSequenceNode)node.Node)[index] : ((YamlMappingNode)node.Node)[new YamlScalarNode((string)step)]));

    public bool Has(string name) => Node is YamlMappingNode map && map.Children.ContainsKey(new YamlScalarNode(name));

    public IEnumerable<KubernetesNode> List(params object[] path) =>
        ((YamlSequenceNode)this[path].Node).Select(node => new KubernetesNode(node));
}
