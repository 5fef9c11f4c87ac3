using SearchCluster.Cli.Failures;
using SearchCluster.Models.Workloads;
using SearchCluster.Specs.Rules;

namespace SearchCluster.Cli.Workloads;

/// <summary>The workloads of users' assemblies together with those of the product; assemblies are loaded when
/// they are first needed.</summary>
internal sealed class UserWorkloads
{
    private const string PathVariable = "SEARCHCLUSTER_WORKLOADS";

    private readonly ValueArray<string> _assemblies;
    private readonly Lazy<WorkloadCatalog> _catalog;

    private readonly Action<string> _tell;
    private readonly CancellationToken _cancellation;

    private UserWorkloads(ValueArray<string> assemblies, Action<string> tell, CancellationToken cancellation)
    {
        (_assemblies, _tell, _cancellation) = (assemblies, tell, cancellation);
        _catalog = new(Load);
    }

    /// <summary>Only those of the product.</summary>
    public static UserWorkloads None { get; } = new([], _ => { }, CancellationToken.None);

    /// <summary>The assemblies, as full paths.</summary>
    public ValueArray<string> Assemblies => _assemblies;

    /// <summary>What a worker can train; null for those of the product, so that a command without workloads of
    /// the user's own loads nothing.</summary>
    /// <exception cref="CliException">An assembly cannot be used.</exception>
    public WorkloadCatalog? Catalog => _assemblies.Count == 0 ? null : _catalog.Value;

    /// <summary>The names that specs may use.</summary>
    /// <exception cref="CliException">An assembly cannot be used.</exception>
    public SpecVocabulary Vocabulary =>
        _assemblies.Count == 0 ? ReleaseVocabulary.Value : ReleaseVocabulary.Value with { Workloads = _catalog.Value.Descriptors };

    /// <summary>Those of some assemblies.</summary>
    /// <param name="given">Paths on the command line; without them those of the environment.</param>
    /// <param name="variable">The environment.</param>
    /// <param name="workingDirectory">What relative paths count from.</param>
    /// <param name="tell">Tells of an assembly that takes long to load.</param>
    /// <param name="cancellation">Ends the wait for it.</param>
    /// <returns>The workloads; nothing is loaded yet.</returns>
    public static UserWorkloads Of(
        ValueArray<string> given,
        Func<string, string?> variable,
        string workingDirectory,
        Action<string> tell,
        CancellationToken cancellation)
    {
        var paths = given.Count > 0
            ? given
            : (variable(PathVariable) ?? "")
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .ToValueArray();
        return paths.Count == 0 ? None
            : new(paths.Select(path => Path.GetFullPath(path, workingDirectory)).ToValueArray(), tell, cancellation);
    }

    /// <summary>Refuses to let a search go on here whose workload nobody here knows: its next trials would all fail.</summary>
    /// <param name="search">Named in the refusal.</param>
    /// <param name="name">Its workload.</param>
    /// <exception cref="CliException">There is none of that name.</exception>
    public void Require(SearchId search, string name)
    {
        if (Vocabulary.Workloads.All(workload => workload.Name != name))
        {
            throw new CliException(
                ExitCodes.InvalidInput,
                $"Search {search} trains workload \"{SafeText.Of(name)}\", which is none of the product's and not in "
                    + (_assemblies.Count == 0 ? "any assembly that was named." : $"{string.Join(", ", _assemblies.Select(SafeText.Of))}."),
                "name its assembly: --workloads DLL, or $SEARCHCLUSTER_WORKLOADS",
                SpecCodes.Workload);
        }
    }

    private WorkloadCatalog Load()
    {
        try
        {
            return LoadingLimit.Run(
                step => WorkloadCatalog.Default.With(_assemblies, step), _tell, LoadingLimit.Most, LoadingLimit.Patience, _cancellation);
        }
        catch (WorkloadAssemblyException unusable)
        {
            throw new CliException(
                ExitCodes.InvalidInput,
                unusable.Message,
                "see docs/extending.md",
                unusable.IsFaultOfWorkload ? ModelCodes.UserWorkload : ModelCodes.Workloads);
        }
    }
}
