using SearchCluster.Artifacts;
using SearchCluster.Artifacts.S3;
using SearchCluster.Contracts.Storage;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Service;
using SearchCluster.Hosting.State;
using SearchCluster.Hosting.State.Notes;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Looks at an object store before anything else uses it: what its operator has to mend ends the start, what passes by itself does
/// not.</summary>
internal sealed partial class ArtifactStoreGate(
    CoordinatorOptions options, IServedStore store, Lazy<AccessToken> token, ILogger<ArtifactStoreGate> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Artifacts is null && ArtifactsNote.Read(options.StateFolder) is { } elsewhere)
        {
            throw new CoordinatorStartException(
                $"The checkpoints and models of the searches in {options.StateFolder.Root} are kept in {elsewhere}. Start with --artifacts "
                    + $"{elsewhere}; or move them, and start with --artifacts {options.StateFolder.SharedRoot}.");
        }

        if (options is { KeepsArtifacts: false, ArtifactFolder: { } folder }
            && ArtifactOwner.Refusal(folder, token.Value.Value) is { } refusal)
        {
            throw new CoordinatorStartException(refusal);
        }

        ArtifactsNote.Set(options.StateFolder, options.KeepsArtifacts ? null : options.ArtifactFolder ?? options.Artifacts);
        if (store is not S3ArtifactStore objects)
        {
            return;
        }

        try
        {
            var keepsConditions = await objects.ReachAsync(cancellationToken);
            LogPlace(log, store.Place);
            if (!keepsConditions)
            {
                LogNoConditions(log, store.Place);
            }
        }
        catch (StorageTroubleException passes) when (passes.Trouble is StorageTrouble.Unreachable or StorageTrouble.DiskFull)
        {
            LogOutOfReach(log, passes.Message);
        }
        catch (StorageTroubleException trouble)
        {
            throw new CoordinatorStartException(trouble.Message, trouble);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "Checkpoints and models are kept in {Place}")]
    private static partial void LogPlace(ILogger logger, string place);

    [LoggerMessage(
        EventId = 2,
        Level = LogLevel.Warning,
        Message = "{Place} ignores the conditions of writes (If-Match), so nothing but this process may write there; run no standby "
            + "coordinator with it")]
    private static partial void LogNoConditions(ILogger logger, string place);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "Trials wait for the store of checkpoints: {Reason}")]
    private static partial void LogOutOfReach(ILogger logger, string reason);
}
