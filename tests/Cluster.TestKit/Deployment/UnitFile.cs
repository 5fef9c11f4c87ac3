namespace SearchCluster.TestKit.Deployment;

/// <summary>A systemd unit under <c>deploy/systemd</c>: the settings of its sections, in order.</summary>
public sealed record UnitFile(string Path, IReadOnlyList<(string Section, string Name, string Value)> Settings)
{
    public const string Coordinator = "searchcluster-coordinator.service";

    public const string Worker = "searchcluster-worker@.service";

    public const string Launch = "searchcluster-launch.service";

    /// <summary>The program of ExecStart.</summary>
    public string Program => CommandLine[0];

    /// <summary>The arguments of ExecStart.</summary>
    public IReadOnlyList<string> Arguments => CommandLine[1..];

    /// <summary>Names and values of the unit's own environment.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        Values("Service", "Environment").Select(text => text.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);

    private string[] CommandLine => Values("Service", "ExecStart").Single().Split(' ');

    public static UnitFile Read(string name)
    {
        var settings = new List<(string, string, string)>();
        var section = "";
        var path = RepositoryFiles.PathOf("deploy/systemd/" + name);
        foreach (var line in File.ReadAllLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line[0] == '[' && line[^1] == ']')
            {
                section = line[1..^1];
                continue;
            }

            var parts = line.Split('=', 2);
            settings.Add(parts.Length == 2 && section.Length > 0
                ? (section, parts[0], parts[1])
                : throw new FormatException($"{name} holds the line \"{line}\", which is neither a section nor a setting of one."));
        }

        return new UnitFile(path, settings);
    }

    public IEnumerable<string> Values(string section, string name) =>
        Settings.Where(setting => setting.Section == section && setting.Name == name).Select(setting => setting.Value);
}
