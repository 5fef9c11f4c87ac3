using System.Text.Json;
using System.Text.Json.Serialization;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.State;

namespace SearchCluster.Hosting.Membership;

/// <summary>Which cluster the machine of a state folder has joined, and where its coordinator is.</summary>
/// <param name="Url">Address of the coordinator's HTTP API, for example <c>https://10.0.0.5:8642</c>.</param>
/// <param name="ClusterAddress">Where workers connect to, <c>host:port</c>; null where the coordinator takes none.</param>
/// <param name="JoinedAt">When it joined.</param>
public sealed record JoinedCluster(string Url, string? ClusterAddress, DateTimeOffset JoinedAt)
{
    private const string FileName = "joined.json";

    /// <summary>Reads what the last join wrote.</summary>
    /// <param name="state">The folder.</param>
    /// <returns>Null where the machine has joined none.</returns>
    /// <exception cref="StateFolderException">The file is there but does not say what it should.</exception>
    public static JoinedCluster? TryRead(StateFolder state)
    {
        var path = PathIn(state);
        StateFile.Require(path);
        try
        {
            return JsonMisfit.Read(File.ReadAllBytes(path), JoinedJson.Default.JoinedCluster, "the file") is not { } joined ? null
                : joined.Misfit() is { } misfit ? throw new JsonException(misfit)
                : joined;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException closed)
        {
            throw new StateFolderException(
                $"{path} cannot be read: {closed.Message} Run as the user whose folder it is, or name another with --state DIR.", closed);
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException)
        {
            throw new StateFolderException(
                $"{path} cannot be read: {unreadable.Message} Delete it, and join the cluster again.", unreadable);
        }
    }

    /// <summary>Writes the file in one step.</summary>
    /// <param name="state">The folder; it is there.</param>
    /// <exception cref="StateFolderException">It cannot be written.</exception>
    public void Write(StateFolder state)
    {
        try
        {
            WholeFile.Write(
                PathIn(state),
                JsonSerializer.SerializeToUtf8Bytes(this, JoinedJson.Default.JoinedCluster),
                survivesPowerLoss: true,
                WholeFile.OwnerOnly);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException(
                $"{PathIn(state)} cannot be written: {refused.Message} Make room, or make it writable.", refused);
        }
    }

    // A person may have written it.
    private string? Misfit() => !Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps
        ? $"url is \"{ForeignText.OneLine(Url, 200)}\", but must be an address such as https://10.0.0.5:8642."
        : ClusterAddress is { } place && !ClusterEndpointOptions.IsEndpoint(place)
            ? $"clusterAddress is \"{ForeignText.OneLine(place, 200)}\", but must be host:port."
            : null;

    private static string PathIn(StateFolder state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Path.Combine(state.Root, FileName);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JoinedCluster))]
internal sealed partial class JoinedJson : JsonSerializerContext;
