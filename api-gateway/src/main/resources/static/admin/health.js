"use strict";

const box = document.getElementById("health");

fetch("/api/v1/health")
  .then((reply) => reply.json())
  .then(({ data }) => {
    box.textContent = `The node is ${data.status}. Network: ${data.network}.`;
    box.classList.toggle("development", data.developmentNetwork);
  })
  .catch(() => {
    box.textContent = "The node does not answer.";
    box.classList.add("down");
  });
