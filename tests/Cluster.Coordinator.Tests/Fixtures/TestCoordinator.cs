using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Akka.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SearchCluster.Contracts.Wire;
using SearchCluster.Hosting;
using SearchCluster.Hosting.Logging;
using SearchCluster.Hosting.State;

namespace SearchCluster.Coordinator.Tests.Fixtures;

/// <summary>A whole coordinator on a free port, with an instant worker in its actor system when asked.</summary>
internal sealed class TestCoordinator : IAsyncDisposable
{
    private TestCoordinator(WebApplication app, ReadyCoordinator ready, StateFolder folder)
    {
        App = app;
        Ready = ready;
        Folder = folder;
        Client = new HttpClient { BaseAddress = new Uri(ready.Url) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken.LoadOrCreate(folder).Value);
    }

    public WebApplication App { get; }

    public ReadyCoordinator Ready { get; }

    public StateFolder Folder { get; }

    public HttpClient Client { get; }

    public static CoordinatorOptions Options(string folder, ActorMode mode = ActorMode.Local)
    {
        var state = StateFolder.Resolve(folder);
        return new CoordinatorOptions
        {
            StateFolder = state,
            Mode = mode,
            HttpPort = 0,
            ClusterPort = 0,
            Logging = new LoggingOptions { ServiceName = "test", StateFolder = state, Console = ConsoleLog.Off },
        };
    }

    public static async Task<TestCoordinator> StartAsync(
        string folder, int workerSlots = 0, ActorMode mode = ActorMode.Local, bool usualPorts = false,
        Func<CoordinatorOptions, CoordinatorOptions>? change = null)
    {
        var options = Options(folder, mode);
        options = change?.Invoke(options) ?? options;
        options = usualPorts ? options with { HttpPort = null } : options;
        var app = CoordinatorApplication.Build(options, new CoordinatorExtension(Actors: (akka, _) =>
        {
            if (workerSlots > 0)
            {
                akka.WithActors((system, registry) => StartWorker(system, registry.Get<SearchManagerKey>(), workerSlots));
            }
        }));
        await app.StartAsync();
        var ready = await app.Services.GetRequiredService<CoordinatorReadiness>().WhenReady.Patiently();
        return new TestCoordinator(app, ready, options.StateFolder);
    }

    public static SubmitRequest Submission(string name, int trials = 10, string onDuplicate = "fail") =>
        new(Yaml(name, trials), name + ".yaml", null, onDuplicate);

    public static string Yaml(string name, int trials = 10) => $$"""
        version: 1
        name: {{name}}
        workload: { builtin: mlp, fixed: { epochs: 3 } }
        data: { source: digits }
        objective: { metric: val/loss, direction: minimize }
        space:
          learningRate: { type: log, min: 0.001, max: 0.1 }
        algorithm: { type: random }
        budget: { trials: {{trials}} }
        ensemble: { type: top-k, members: 3 }
        """;

    public Task<HttpResponseMessage> PostAsync<T>(string path, T body) =>
        Client.PostAsync(path, JsonContent.Create(body, (JsonTypeInfo<T>)ContractsJsonContext.Default.GetTypeInfo(typeof(T))!));

    public async Task<HttpResponseMessage> PostTextAsync(string path, string body, string type = "application/json")
    {
        // A body that is refused for its size must not be on its way when the connection is closed.
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.ExpectContinue = body.Length > 100_000;
        return await Client.SendAsync(request);
    }

    public async Task<T> GetAsync<T>(string path)
    {
        var response = await Client.GetAsync(path);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await ReadAsync<T>(response);
    }

    public static async Task<T> ReadAsync<T>(HttpResponseMessage response) =>
        HttpJson.Read<T>(await response.Content.ReadAsByteArrayAsync())!;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
    }

    private static void StartWorker(ActorSystem system, IActorRef manager, int slots)
    {
        var worker = new WorkerDescription(
            new WorkerId("instant"), "one", new DeviceDescription("cpu", "test", 0), slots, ValueMap<string>.Empty, ProductVersion.Current);
        system.ActorOf(Props.Create(() => new InstantWorkerActor(manager, worker)));
    }
}
