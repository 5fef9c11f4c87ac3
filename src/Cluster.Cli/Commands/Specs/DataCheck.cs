using SearchCluster.Artifacts;
using SearchCluster.Cli.Connection;
using SearchCluster.Cli.Failures;
using SearchCluster.Cli.Invocation;
using SearchCluster.Contracts.Api;
using SearchCluster.Hosting.State;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Configuration;
using SearchCluster.Models.Data;
using SearchCluster.Models.Execution;
using SearchCluster.Models.Native;
using SearchCluster.Models.Sanity;

namespace SearchCluster.Cli.Commands.Specs;

/// <summary>Looks whether a worker could use the data of a spec, before a search is written that could only fail.</summary>
internal static class DataCheck
{
    /// <summary>What a file that is not there is refused with; a worker elsewhere may have it.</summary>
    public const string NotThere = DataCodes.CannotOpen;

    /// <summary>Reads the data as the first trial will; a worker of this process then has them at hand.</summary>
    /// <param name="context">The command.</param>
    /// <param name="spec">Names the data.</param>
    /// <param name="device">Device of the worker: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <param name="known">The data that the search's trials learned from so far; null for a new search.</param>
    /// <exception cref="CliException">They cannot be used, or are others.</exception>
    public static Task RequireAsync(CommandContext context, SearchSpec spec, string device, DataIdentity? known = null) =>
        RequireAsync(context, spec, device, known, artifacts: null);

    /// <summary>The same before a search starts: also the earlier trial's model that its encoder starts from has to fit.</summary>
    /// <param name="context">The command.</param>
    /// <param name="service">Knows the earlier search; its models lie in the state folder of this machine.</param>
    /// <param name="spec">Names the data and, if there is one, the earlier trial.</param>
    /// <param name="device">Device of the worker.</param>
    /// <param name="known">The data that the search's trials learned from so far; null for a new search.</param>
    /// <exception cref="CliException">They cannot be used, or are others.</exception>
    public static async Task RequireToStartAsync(
        CommandContext context, ISearchService service, SearchSpec spec, string device, DataIdentity? known = null) => await RequireAsync(
            context,
            await EarlierModel.FillAsync(service, spec, context.Cancellation),
            device,
            known,
            new StoredArtifacts(new FolderArtifactStore(StateFolder.Resolve(context.Settings.State).Root)));

    private static Task RequireAsync(
        CommandContext context, SearchSpec spec, string device, DataIdentity? known, IArtifacts? artifacts) => spec.Data is null
            ? Task.CompletedTask
            : Task.Run(
                () => Translate(() => FitCheck.Require(
                    new WorkExecutor(Device(device), context.Workloads.Catalog, context.DataRegistry),
                    TrialPlan.Of(spec, known),
                    CentralConfiguration.Of(spec),
                    artifacts)),
                CancellationToken.None).WaitAsync(context.Cancellation);

    /// <summary>Checks where the coordinator's state folder is on this machine; elsewhere the workers may see other files.</summary>
    /// <param name="context">The command.</param>
    /// <param name="connection">The coordinator.</param>
    /// <param name="check">What to check; data that are missing here are only warned of.</param>
    public static async Task IfHereAsync(CommandContext context, ISearchConnection connection, Func<Task> check)
    {
        try
        {
            await (connection.ArtifactFolder is null ? Task.CompletedTask : WhereTorchIsAsync(check));
        }
        catch (CliException missing) when (missing.Code == NotThere)
        {
            context.Output.Warn($"{missing.Message} A worker on another machine may have it.");
        }
    }

    /// <summary>Checks where libtorch is: a machine that only submits needs none, and a worker will look.</summary>
    /// <param name="check">What to check.</param>
    public static async Task WhereTorchIsAsync(Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (TorchUnavailableException)
        {
            // A worker will look.
        }
    }

    /// <summary>Does something with data, and turns what is wrong with them into the end of the command.</summary>
    public static void Translate(Action action)
    {
        try
        {
            action();
        }
        catch (DataException exception)
        {
            throw DataFailure.Of(exception);
        }
        catch (WorkloadConfigurationException exception)
        {
            throw new CliException(ExitCodes.InvalidInput, exception.Message, null, ModelCodes.Configuration);
        }
        catch (ArtifactException exception)
        {
            throw ArtifactFailure.Of(exception);
        }
    }

    // As the worker of this process chooses, so that both share what was read.
    private static string Device(string device) => device switch
    {
        "auto" => TorchRuntime.Initialize().CudaDevices > 0 ? "cuda:0" : "cpu",
        "cuda" => "cuda:0",
        _ => device,
    };
}
