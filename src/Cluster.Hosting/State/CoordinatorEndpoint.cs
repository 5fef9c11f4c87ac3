using System.Text.Json;
using System.Text.Json.Serialization;
using SearchCluster.Contracts.Storage;

namespace SearchCluster.Hosting.State;

/// <summary>Where the coordinator of a state folder listens; commands and workers on the same machine read it.</summary>
/// <param name="Url">Address of the HTTP API, for example <c>http://127.0.0.1:8642</c>.</param>
/// <param name="ClusterAddress">Address for workers, <c>host:port</c>; null when the coordinator takes no remote workers.</param>
/// <param name="Pid">Its process.</param>
/// <param name="Version">Version of its program.</param>
/// <param name="StartedAt">When it started.</param>
public sealed record CoordinatorEndpoint(string Url, string? ClusterAddress, int Pid, string Version, DateTimeOffset StartedAt)
{
    /// <summary>Reads what the running, or the last, coordinator wrote.</summary>
    /// <param name="state">The folder.</param>
    /// <returns>Null when there is none. A killed coordinator leaves its file:
    /// <see cref="CoordinatorLock.IsHeld"/> tells whether one lives.</returns>
    /// <exception cref="StateFolderException">The file is there but does not say what it should.</exception>
    public static CoordinatorEndpoint? TryRead(StateFolder state)
    {
        StateFile.Require(state.EndpointFile);
        try
        {
            return JsonMisfit.Read(File.ReadAllBytes(state.EndpointFile), EndpointJson.Default.CoordinatorEndpoint, "the file");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StateFolderException(
                $"{state.EndpointFile} cannot be read: {unreadable.Message} Delete it and start the coordinator again.", unreadable);
        }
    }

    /// <summary>Writes the file in one step.</summary>
    /// <param name="state">The folder.</param>
    public void Write(StateFolder state) => WholeFile.Write(
        state.EndpointFile,
        JsonSerializer.SerializeToUtf8Bytes(this, EndpointJson.Default.CoordinatorEndpoint),
        survivesPowerLoss: true,
        WholeFile.OwnerOnly);

    /// <summary>Removes the file when the coordinator ends in order.</summary>
    /// <param name="state">The folder.</param>
    public static void Delete(StateFolder state) => File.Delete(state.EndpointFile);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(CoordinatorEndpoint))]
internal sealed partial class EndpointJson : JsonSerializerContext;
