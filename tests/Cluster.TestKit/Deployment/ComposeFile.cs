using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace SearchCluster.TestKit.Deployment;

/// <summary>What tests look at in <c>deploy/compose/compose.yaml</c>, with anchors and merge keys resolved.</summary>
public sealed class ComposeFile
{
    private ComposeFile(IReadOnlyDictionary<string, ComposeService> services) => Services = services;

    public IReadOnlyDictionary<string, ComposeService> Services { get; }

    public static ComposeFile Read()
    {
        var parser = new MergingParser(new Parser(new StringReader(RepositoryFiles.Text("deploy/compose/compose.yaml"))));
        var root = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(parser);
        var services = (Dictionary<object, object>)root["services"];
        return new ComposeFile(
            services.ToDictionary(service => (string)service.Key, service => Service((Dictionary<object, object>)service.Value)));
    }

    private static ComposeService Service(Dictionary<object, object> service) => new(
        (string)service["image"],
        Texts(service, "command"),
        service.TryGetValue("environment", out var variables)
            ? ((Dictionary<object, object>)variables).ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "")
            : [],
        Texts(service, "profiles"),
        Texts(service, "ports"),
        Texts(service, "volumes"),
        (string?)service.GetValueOrDefault("network_mode"),
        (string?)service.GetValueOrDefault("user"));

    private static string[] Texts(Dictionary<object, object> service, string key) =>
        service.TryGetValue(key, out var list) ? [.. ((List<object>)list).Cast<string>()] : [];
}

/// <summary>One service of a compose file.</summary>
public sealed record ComposeService(
    string Image,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<string> Profiles,
    IReadOnlyList<string> Ports,
    IReadOnlyList<string> Volumes,
    string? NetworkMode,
    string? User);
