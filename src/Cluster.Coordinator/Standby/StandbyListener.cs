using SearchCluster.Contracts.Api;
using SearchCluster.Coordinator.Http;
using SearchCluster.Coordinator.Http.Access;
using SearchCluster.Hosting.Persistence.Leases;

namespace SearchCluster.Coordinator.Standby;

/// <summary>Answers in the place of the HTTP API while a coordinator stands by: that it lives, and who is active.</summary>
internal sealed class StandbyListener : IAsyncDisposable
{
    private readonly WebApplication _application;
    private volatile LeaseClaim? _active;

    private StandbyListener(WebApplication application) => _application = application;

    /// <summary>Who is active, as far as it is known.</summary>
    public LeaseClaim? Active
    {
        set => _active = value;
    }

    /// <summary>Listens.</summary>
    /// <param name="door">Where.</param>
    /// <param name="loggers">The process's log.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<StandbyListener> StartAsync(HttpDoor door, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.UseCoordinatorHttp(door.Place, door.Address.IsLoopback, door.Identity, door.Open);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var application = builder.Build();
        var listener = new StandbyListener(application);
        application.Use(new RequestGuard(new HttpHosts(door.Address, door.Identity)).CheckAsync);
        application.Run(listener.AnswerAsync);
        await application.StartAsync(cancellationToken);
        return listener;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        // Whoever still holds a connection learns by its end that this process is active now.
        using var limit = new CancellationTokenSource();
        await limit.CancelAsync();
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext context) => context.Request.Path == "/healthz/live"
        ? Results.Text("live").ExecuteAsync(context)
        : HttpProblems.WriteAsync(context, Problem());

    private ApiProblem Problem() => new(
        "This coordinator stands by.",
        StatusCodes.Status503ServiceUnavailable,
        ProblemCodes.StandingBy,
        _active is { } active
            ? $"The active one is process {active.Pid} on {active.Host}, at {active.Url}."
            : "Which one is active is not known at the moment.")
    {
        Active = _active?.Url,
    };

    /// <summary>The process's own host listens to signals.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
