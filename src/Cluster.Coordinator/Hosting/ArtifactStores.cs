using SearchCluster.Artifacts;
using SearchCluster.Artifacts.S3;
using SearchCluster.Contracts.Storage;
using SearchCluster.Coordinator.Options;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>The store of a coordinator's artifacts, as its options name it.</summary>
public static class ArtifactStores
{
    private const string ScratchFolder = ".uploads";
    private static readonly string[] RegionVariables = ["AWS_REGION", "AWS_DEFAULT_REGION"];

    /// <summary>What is wrong with where artifacts are to be kept; null for nothing.</summary>
    internal static string? Refusal(CoordinatorOptions options)
    {
        if (options.ArtifactFolder is null && !S3Location.TryParse(options.Artifacts!, out _))
        {
            return $"The place for artifacts (--artifacts, $SEARCHCLUSTER_ARTIFACTS) is "
                + $"\"{ForeignText.OneLine(options.Artifacts!, 100)}\", but must be a folder, or {S3Location.Rule}. "
                + "Credentials come from the environment.";
        }

        return options.ArtifactFolder is null && S3StoreOptions.EndpointOf(options.Variable) is { } endpoint && Endpoint(endpoint) is null
            ? "AWS_ENDPOINT_URL must be http://HOST:PORT or https://HOST:PORT without a name and a password."
            : null;
    }

    /// <summary>Opens it; nobody is reached yet.</summary>
    /// <param name="options">Those of the coordinator, which were checked.</param>
    /// <exception cref="StorageTroubleException">No credentials, or no region, are known.</exception>
    internal static IServedStore Open(CoordinatorOptions options) => options.ArtifactFolder is { } folder
        ? new FolderArtifactStore(folder)
        : Open(
            S3Location.TryParse(options.Artifacts!, out var location)
                ? location
                : throw new ArgumentException("The options were not checked.", nameof(options)),
            Path.Combine(options.StateFolder.Root, ScratchFolder),
            options.Variable,
            options.Clock);

    /// <summary>Opens an object store as the environment says; nobody is reached yet.</summary>
    /// <param name="location">Bucket and prefix.</param>
    /// <param name="scratch">A folder for content on its way.</param>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="clock">Time.</param>
    /// <exception cref="StorageTroubleException">No credentials, or no region, are known.</exception>
    public static S3ArtifactStore Open(S3Location location, string scratch, Func<string, string?> variable, TimeProvider clock) => new(new()
    {
        Location = location,
        Endpoint = S3StoreOptions.EndpointOf(variable) is { } endpoint ? Endpoint(endpoint) : null,
        Credentials = S3StoreOptions.CredentialsOf(variable),
        Region = RegionVariables.Select(variable).FirstOrDefault(text => !string.IsNullOrEmpty(text)),
        ScratchFolder = scratch,
        Clock = clock,
    });

    private static Uri? Endpoint(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.UserInfo.Length == 0
            ? address
            : null;
}
