global using Akka.Actor;
global using SearchCluster.Contracts;
global using SearchCluster.Contracts.Api;
global using SearchCluster.Coordinator.Hosting;
global using SearchCluster.Coordinator.Options;
global using SearchCluster.Coordinator.Tests.Fixtures;
