using System.Text.Json;
using System.Text.Json.Serialization;
using SearchCluster.Contracts.Storage;
using SearchCluster.Hosting.State;
using SearchCluster.Launch.Supervision;

namespace SearchCluster.Launch.State;

/// <summary>What runs on a machine, as its launcher writes it into the state folder.</summary>
public sealed record LaunchFile
{
    /// <summary>Name of the machine in the cluster.</summary>
    public required string Node { get; init; }

    /// <summary>The launcher's process.</summary>
    public required int Pid { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>When it started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Address of the HTTP API; null until the coordinator is ready.</summary>
    public string? Url { get; init; }

    /// <summary>True when coordinator and workers are ready.</summary>
    public bool IsReady { get; init; }

    /// <summary>All of its processes.</summary>
    public required IReadOnlyList<ProcessView> Processes { get; init; }

    /// <summary>Reads what the present, or the last, launcher of a folder wrote; <see cref="LaunchLock.IsHeld"/> tells whether it
    /// lives.</summary>
    /// <param name="state">The folder.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="LaunchException">The file is there but does not say what it should.</exception>
    public static LaunchFile? TryRead(StateFolder state)
    {
        var path = PathIn(state);
        StateFile.Require(path);
        try
        {
            return JsonMisfit.Read(File.ReadAllBytes(path), LaunchJson.Default.LaunchFile, "the file");
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new LaunchException($"{path} cannot be read: {unreadable.Message} The next launch writes it anew.", unreadable);
        }
    }

    /// <summary>Writes the file in one step.</summary>
    /// <param name="state">The folder.</param>
    public void Write(StateFolder state) => WholeFile.Write(
        PathIn(state),
        JsonSerializer.SerializeToUtf8Bytes(this, LaunchJson.Default.LaunchFile),
        survivesPowerLoss: false,
        WholeFile.OwnerOnly);

    /// <summary>Removes the file.</summary>
    /// <param name="state">The folder.</param>
    public static void Delete(StateFolder state) => File.Delete(PathIn(state));

    private static string PathIn(StateFolder state) => Path.Combine(state.Root, "launch.json");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LaunchFile))]
internal sealed partial class LaunchJson : JsonSerializerContext;
