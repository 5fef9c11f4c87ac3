global using SearchCluster.Integration.Tests.Harness;
