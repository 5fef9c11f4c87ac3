using System.Globalization;
using System.Net;
using Akka.Hosting;
using Microsoft.AspNetCore.Authentication;
using SearchCluster.Artifacts;
using SearchCluster.Artifacts.Data;
using SearchCluster.Contracts.Api;
using SearchCluster.Contracts.Wire;
using SearchCluster.Coordinator.Actors;
using SearchCluster.Coordinator.Http;
using SearchCluster.Coordinator.Http.Access;
using SearchCluster.Coordinator.Http.Content;
using SearchCluster.Coordinator.Options;
using SearchCluster.Coordinator.Service;
using SearchCluster.Coordinator.Standby;
using SearchCluster.Hosting;
using SearchCluster.Hosting.ActorSystems;
using SearchCluster.Hosting.Cluster;
using SearchCluster.Hosting.Membership;
using SearchCluster.Hosting.Persistence;
using SearchCluster.Hosting.Persistence.Leases;
using SearchCluster.Hosting.State;
using SearchCluster.Security.Identities;
using SearchCluster.Specs;

namespace SearchCluster.Coordinator.Hosting;

/// <summary>Adds a coordinator to a web host.</summary>
public static class CoordinatorExtensions
{
    /// <summary>Adds the actor system with the searches, the service in front of them, and what guards the HTTP API.</summary>
    /// <param name="builder">The host to be.</param>
    /// <param name="options">How the coordinator runs; checked here.</param>
    /// <param name="actors">Adds further actors to the same system, or null.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="CoordinatorStartException">The options cannot be used, or a port is taken.</exception>
    public static WebApplicationBuilder AddCoordinator(
        this WebApplicationBuilder builder, CoordinatorOptions options, Action<AkkaConfigurationBuilder, IServiceProvider>? actors = null)
    {
        options.ThrowIfUnusable();
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddSingleton(new Lazy<AccessToken>(() => AccessToken.LoadOrCreate(options.StateFolder)));
        services.AddSingleton(new Lazy<ClusterKey>(() => ClusterKey.LoadOrCreate(options.StateFolder)));
        var identity = FindIdentity(options);
        services.AddSingleton<CoordinatorReadiness>();
        services.AddSingleton(new JournalTerm(options.Journal));
        services.AddSingleton<LeaseDesk>();
        services.AddSingleton(SearchActorsExtensions.HealthOf(options));
        services.AddSingleton<ManagerClient>();
        services.AddSingleton<SpecFiles>();
        services.AddSingleton<ReadSpec>(
            (content, fileName, overrides) => SpecReader.Read(content, fileName, overrides, options.Vocabulary));
        services.AddSingleton<WarmStarts>();
        services.AddSingleton<PretrainedModels>();
        services.AddSingleton<Submissions>();
        services.AddSingleton<JoinDesk>();
        services.AddSingleton(_ => ArtifactStores.Open(options));
        services.AddSingleton(provider => new FolderUploads(provider.GetRequiredService<IServedStore>(), options.Clock));
        services.AddSingleton(new ArtifactHashes(options.Clock));
        services.AddSingleton(provider => new ArtifactKeeper(
            provider.GetRequiredService<IServedStore>(), options.Clock, provider.GetRequiredService<ILogger<ArtifactKeeper>>()));
        services.AddSingleton<MemberWrites>();
        services.AddSingleton<ArtifactUploads>();
        var data = new DataCatalog(options.StateFolder.SharedRoot);
        services.AddSingleton(new DataShelf(data));
        services.AddSingleton(_ => new DataIntake(data, options.Clock));
        services.AddSingleton<DataUploads>();
        services.AddSingleton<ISearchService, SearchService>();

        // The order matters: the gate starts before the actor system and stops after it.
        services.AddHostedService<StateFolderGate>();
        services.AddHostedService<ArtifactStoreGate>();
        AddActorSystem(services, options, identity, actors);
        services.AddHostedService<JournalFence>();
        services.AddHostedService<CoordinatorStartup>();
        services.AddHostedService<JournalWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ArtifactKeeper>());
        services.AddHostedService(provider => new CertificateRenewal(
            options.StateFolder, () => null, options.Clock, provider.GetRequiredService<ILogger<CertificateRenewal>>()));
        AddHttp(builder, options, identity);
        return builder;
    }

    // What listens on loopback alone has none, and none that is broken keeps it from starting.
    private static NodeIdentity? FindIdentity(CoordinatorOptions options) =>
        !NodeAddress.TryParse(options.HttpHost)!.IsLoopback || (options.Mode == ActorMode.Clustered && !options.NeedsKey)
            ? NodeIdentity.Find(options.StateFolder.IdentityFolder, options.Clock)
            : null;

    private static void AddActorSystem(
        IServiceCollection services,
        CoordinatorOptions options,
        NodeIdentity? identity,
        Action<AkkaConfigurationBuilder, IServiceProvider>? actors)
    {
        services.AddAkka(CoreExtensions.ActorSystemName, (akka, provider) =>
        {
            var term = provider.GetRequiredService<JournalTerm>();
            akka.AddSearchClusterCore().AddSearchPersistence(term.Journal);
            if (options.Mode == ActorMode.Clustered)
            {
                akka.AddSearchRemoting(new ClusterEndpointOptions
                {
                    Key = options.NeedsKey ? provider.GetRequiredService<Lazy<ClusterKey>>().Value : null,
                    Identity = identity,
                    Host = options.ClusterHost,
                    Port = options.ClusterPort,
                });
            }

            var settings = SearchActorsExtensions.SettingsOf(
                options, term.Journal, provider.GetRequiredService<JournalHealth>(), provider.GetRequiredService<IServedStore>());
            var keeper = provider.GetRequiredService<ArtifactKeeper>();
            akka.AddSearchActors(options.Mode, settings with
            {
                Artifacts = provider.GetRequiredService<ArtifactPlace>(),
                Coordinators = () => CoordinatorViews.Of(term.View),
                Follow = keeper.Follow,
                RemoveFilesAsync = (search, trace) =>
                {
                    keeper.Forget(search);
                    return settings.RemoveFilesAsync(search, trace);
                },
            });
            actors?.Invoke(akka, provider);
        });
    }

    // By the name that was given, since a certificate may name no number.
    private static string Url(CoordinatorOptions options, NodeAddress address, IPEndPoint listening) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(address.IsLoopback ? "http" : "https")}://{NodeAddress.Canonical(options.HttpHost)}:{listening.Port}");

    private static void AddHttp(WebApplicationBuilder builder, CoordinatorOptions options, NodeIdentity? identity)
    {
        var address = NodeAddress.TryParse(options.HttpHost)!;
        if (options.Mode == ActorMode.Clustered)
        {
            // Akka would only log it, and leave the rest of the process waiting for an actor system that never comes.
            ListeningSocket.Require(
                AddressRule.Resolve(NodeAddress.TryParse(options.ClusterHost)!), options.ClusterPort, "--cluster-port");
        }

        var socket = ListeningSocket.Take(AddressRule.Resolve(address), options.HttpPort, CoordinatorDefaults.HttpPort, "--port");
        var door = new HttpDoor(
            address,
            identity,
            socket,
            port => ListeningSocket.Take(AddressRule.Resolve(address), port, port, "--port"));
        builder.UseCoordinatorHttp(door.Place, address.IsLoopback, identity, door.Open);
        var services = builder.Services;
        services.AddSingleton(new HttpHosts(address, identity));
        var run = new CoordinatorRun(Guid.NewGuid().ToString("N"));
        services.AddSingleton(run);

        // A worker that shares the state folder knows it by the run; what lies elsewhere it has to ask for.
        services.AddSingleton(new ArtifactPlace(
            options.KeepsArtifacts ? run.Number : Guid.NewGuid().ToString("N"), Url(options, address, door.Place)));
        services.AddSingleton(_ => door);
        services.AddRouting();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddAuthentication(TokenAuthenticationHandler.Bearer)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(TokenAuthenticationHandler.Bearer, null);
        services.AddAuthorizationBuilder().AddWhoMayWhat();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, HttpJson.Resolver));
        services.AddOpenApi(OpenApiTruth.Apply);
    }
}
